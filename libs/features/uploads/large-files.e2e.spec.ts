import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { platform } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { signUpWithId } from '#platform/testing/system/administration.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { aVideo } from './testing/example-files.js';
import { memoryTaken } from './testing/peak-memory.js';
import { confirm, presign, whenProcessed } from './testing/uploads.client.js';

const SIZE = 500_000_000;
const PIECE = 1_000_000;
/** Of what passes through: two fifths of one file, and more than what a garbage collector leaves lying. */
const MOST_MEGABYTES = 200;

/** Five hundred pieces, of which one at a time is there. */
function* film(): Generator<Uint8Array> {
  for (let at = 0; at < SIZE / PIECE; at++) yield at === 0 ? aVideo(PIECE) : Buffer.alloc(PIECE, at % 251);
}

function sha256OfFilm(): string {
  const hash = createHash('sha256');
  for (const piece of film()) hash.update(piece);
  return hash.digest('hex');
}

/** Piece by piece, which FormData cannot. */
async function stream(url: string, fields: Readonly<Record<string, string>>): Promise<number> {
  const boundary = randomUUID();
  const part = (name: string, more = '') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const sending = request(url, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const answer = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => resolve(Number(response.resume().statusCode))).once('error', reject);
  });
  function* body() {
    for (const [name, value] of Object.entries(fields)) yield `${part(name)}${value}\r\n`;
    yield part('file', '; filename="a.mp4"');
    yield* film();
    yield `\r\n--${boundary}--\r\n`;
  }
  await pipeline(Readable.from(body()), sending);
  return answer;
}

async function sha256At(url: string): Promise<string> {
  const hash = createHash('sha256');
  const { body } = await fetch(url);
  for await (const chunk of body as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest('hex');
}

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe.runIf(platform === 'linux')('a film of 500 MB in the local folder', () => {
  it('passes through the api and the worker, and is never in their memory', async () => {
    const { token } = await signUpWithId(system);
    const sha256 = sha256OfFilm();
    const declared = { kind: 'video', fileName: 'a.mp4', contentType: 'video/mp4', size: SIZE, sha256 } as const;
    const { data: form } = await orThrow(presign(system.client, { token, content: new Uint8Array(), declared }));
    let [posted, fetched] = [0, ''];

    const sending = await memoryTaken(system.api.pid, async () => (posted = await stream(form.url, form.fields)));
    const processing = await memoryTaken(system.worker.pid, async () => {
      await orThrow(confirm(system.client, { token, id: form.id }));
      await whenProcessed(system.client, { token, id: form.id });
    });
    const { url, status } = await whenProcessed(system.client, { token, id: form.id });
    const fetching = await memoryTaken(system.api.pid, async () => (fetched = await sha256At(String(url))));

    expect([posted, status, fetched]).toEqual([204, 'ready', sha256]);
    expect(Math.max(sending, processing, fetching)).toBeLessThan(MOST_MEGABYTES);
  });
});
