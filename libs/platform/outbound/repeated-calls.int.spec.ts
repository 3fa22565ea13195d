import { describe, expect, it } from 'vitest';
import { patience } from '#platform/testing/waiting/patience.js';
import { client, reasonOf } from './testing/calls.js';
import { foreignServers } from './testing/foreign-servers.js';

const { aServer, aSocketServer } = foreignServers();

describe('a call that may be repeated', () => {
  const failing = (times: number, status = 503, headers = {}) =>
    aServer((_request, response, time) =>
      response.writeHead(time <= times ? status : 200, headers).end(`answer ${time}`),
    );

  it.each([429, 502, 503, 504])('is, after %d', async (status) => {
    const { url, asked } = await failing(2, status);

    expect(await (await client().fetch(url)).text()).toBe('answer 3');
    expect(asked).toHaveLength(3);
  });

  it('is after a connection that broke', async () => {
    let times = 0;
    const url = await aSocketServer((socket) => {
      if (++times < 3) return socket.destroy();
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });

    expect(await (await client().fetch(url)).text()).toBe('ok');
  });

  it('gives the last answer when none is better', async () => {
    const { url, asked } = await failing(9);

    const answer = await client().fetch(url);

    expect([answer.status, await answer.text(), asked.length]).toEqual([503, 'answer 3', 3]);
  });

  it('is sent again with its body when it has a key', async () => {
    const { url, asked } = await failing(1);

    await client().fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
      headers: { 'Idempotency-Key': 'k' },
    });

    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'a=b'],
      ['POST', 'a=b'],
    ]);
  });

  it('waits for as long as Retry-After says', async () => {
    const { url } = await failing(1, 503, { 'retry-after': '1' });
    const startedAt = performance.now();

    expect((await client().fetch(url)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
  });

  it('does not wait for a Retry-After that is beyond its time', async () => {
    const { url, asked } = await failing(1, 503, { 'retry-after': '60' });
    const startedAt = performance.now();

    expect((await client().fetch(url)).status).toBe(503);
    expect([asked.length, performance.now() - startedAt < patience(1_000)]).toEqual([1, true]);
  });
});

describe('a call that may not be repeated', () => {
  it.each(['POST', 'PATCH'])('is sent once: %s', async (method) => {
    const { url, asked } = await aServer((_request, response) => response.writeHead(503).end());
    const broken = await aServer((_request, response) => response.destroy());

    expect((await client().fetch(url, { method, body: 'x' })).status).toBe(503);
    expect(await reasonOf(client().fetch(broken.url, { method, body: 'x' }))).toBe('connection-lost');
    expect([asked.length, broken.asked.length]).toEqual([1, 1]);
  });
});
