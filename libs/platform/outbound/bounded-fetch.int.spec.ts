import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerTooLarge, boundedFetch } from './bounded-fetch.js';

const LIMIT = 10_000;
const boundedly = boundedFetch(LIMIT);

let server: Server;
let sent = 0;
let isClosed: Promise<void>;
const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/endless') {
      isClosed = new Promise((resolve) => response.once('close', resolve));
      const send = () => {
        while (!response.destroyed && response.write('x'.repeat(1_000))) sent += 1_000;
      };
      response.on('drain', send);
      send();
    } else if (request.url === '/compressed')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(LIMIT + 1)));
    else if (request.url === '/nothing') response.writeHead(204).end();
    else response.writeHead(418, { 'content-type': 'text/tea' }).end('x'.repeat(LIMIT));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('boundedFetch', () => {
  it('gives an answer of the permitted size as it is', async () => {
    const response = await boundedly(at('/'));

    expect([response.status, response.headers.get('content-type'), (await response.text()).length]).toEqual([
      418,
      'text/tea',
      LIMIT,
    ]);
    expect((await boundedly(at('/nothing'))).status).toBe(204);
  });

  it('ends an answer without end, and the connection with it', async () => {
    const response = await boundedly(at('/endless'));

    await expect(response.text()).rejects.toThrow(AnswerTooLarge);
    await isClosed;
    expect(sent).toBeLessThan(20_000_000);
  });

  it('counts what comes out of a compressed answer', async () => {
    await expect(boundedly(at('/compressed')).then((response) => response.text())).rejects.toThrow(AnswerTooLarge);
  });
});
