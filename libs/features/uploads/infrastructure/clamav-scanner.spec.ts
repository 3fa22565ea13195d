import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { ClamavScanner } from './clamav-scanner.js';

const closings: (() => unknown)[] = [];
afterAll(() => Promise.all(closings.map((close) => close())));

/** Reads what clamd reads, and answers what it answers. */
async function aClamd(answer: string) {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (data) => {
      received.push(data);
      if (Buffer.concat(received).subarray(-4).equals(Buffer.alloc(4))) socket.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    scanner: new ClamavScanner({ host: '127.0.0.1', port }),
    received: () => Buffer.concat(received).toString('latin1'),
  };
}

async function* pieces() {
  yield Buffer.from('abc');
  yield Buffer.from('de');
}
const open = async () => pieces();

describe('ClamAV', () => {
  it('is sent a file in pieces with their lengths', async () => {
    const { scanner, received } = await aClamd('stream: OK\0');

    expect(await scanner.isClean(open)).toBe(true);
    expect(received()).toBe('zINSTREAM\0\0\0\0\u0003abc\0\0\0\u0002de\0\0\0\0');
  });

  it('finds something', async () => {
    expect(await (await aClamd('stream: Eicar-Test-Signature FOUND\0')).scanner.isClean(open)).toBe(false);
  });

  it.each(['INSTREAM size limit exceeded. ERROR\0', '', 'stream: OK FOUND it was not'])(
    'has not looked when it answers %j',
    async (answer) => {
      await expect((await aClamd(answer)).scanner.isClean(open)).rejects.toThrow('ClamAV did not look at the file');
    },
  );

  it('has not looked when nobody is there', async () => {
    await expect(new ClamavScanner({ host: '127.0.0.1', port: 1 }).isClean(open)).rejects.toThrow('ECONNREFUSED');
  });
});
