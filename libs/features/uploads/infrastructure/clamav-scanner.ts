import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Scanner } from '../application/processing/scanner.js';

export type ScannerAddress = Readonly<{ host: string; port: number }>;

const SILENCE_MS = 60_000;
const CLEAN = 'stream: OK';
const FOUND = /^stream: .+ FOUND$/;

/** A clamd over TCP (clamd(8), INSTREAM): each piece with its length before it, and a piece of nothing at the end. */
export class ClamavScanner implements Scanner {
  constructor(private readonly address: ScannerAddress) {}

  /** @throws for any other answer: among them that the file is larger than its StreamMaxLength */
  async isClean(open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean> {
    const content = await open();
    const socket = connect({ ...this.address, timeout: SILENCE_MS });
    socket.once('timeout', () => socket.destroy(new Error('ClamAV said nothing for too long.')));
    const answer = await talk(socket, content).finally(() => socket.destroy());
    if (answer === CLEAN) return true;
    if (FOUND.test(answer)) return false;
    throw new Error(`ClamAV did not look at the file: ${answer || 'no answer'}.`);
  }
}

async function talk(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<string> {
  const [answer] = await Promise.all([
    text(socket),
    pipeline(Readable.from(inPieces(content)), socket, { end: false }),
  ]);
  return answer.replaceAll('\0', '').trim();
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of content) {
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
