import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import type { FailureReason } from './outbound-failure.js';
import { client, failureOf, LIMIT, once, reasonOf } from './testing/calls.js';
import { aClosedPort, foreignServers } from './testing/foreign-servers.js';

const { aServer, aSocketServer } = foreignServers();

describe('an answer', () => {
  it('of the permitted size is given as it is', async () => {
    const { url } = await aServer((_request, response) =>
      response.writeHead(418, { 'content-type': 'text/tea', 'set-cookie': ['a=1', 'b=2'] }).end('x'.repeat(LIMIT)),
    );

    const answer = await client().fetch(url);

    expect([answer.status, answer.headers.get('content-type'), (await answer.text()).length]).toEqual([
      418,
      'text/tea',
      LIMIT,
    ]);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([204, 205, 304])('without a body is given, too: %d', async (status) => {
    const { url } = await aServer((_request, response) => response.writeHead(status).end());

    const answer = await client().fetch(url);

    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });

  it('that is longer counts by its beginning where that is enough', async () => {
    const { url } = await aServer((_request, response) => response.end(`begin${'x'.repeat(LIMIT)}`));

    const answer = await client({ maxBytes: 5, longer: 'cut' }).fetch(url);

    expect([answer.status, await answer.text()]).toEqual([200, 'begin']);
  });

  it('without end is ended, and the connection with it', async () => {
    let sent = 0;
    let isClosed = false;
    const { url } = await aServer((_request, response) => {
      const send = () => {
        while (!response.destroyed && response.write('x'.repeat(1_000))) sent += 1_000;
      };
      response.on('drain', send).once('close', () => (isClosed = true));
      send();
    });

    expect(await reasonOf(client().fetch(url))).toBe('too-large');
    await eventually(() => expect(isClosed).toBe(true));
    expect(sent).toBeLessThan(20_000_000);
  });

  it('that was compressed counts as what comes out of it', async () => {
    const { url } = await aServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(LIMIT + 1))),
    );

    expect(await reasonOf(client().fetch(url))).toBe('too-large');
  });

  it.each([301, 302, 307, 308])('%d that leads elsewhere is given, and not followed', async (status) => {
    const { url, asked } = await aServer((_request, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    );

    const answer = await client().fetch(url);

    expect([answer.status, answer.headers.get('location'), asked.length]).toEqual([status, '/elsewhere', 1]);
  });
});

describe('a server that does not answer', () => {
  const SOON = { headersMs: 200, bodyMs: 200, connectMs: 200 };

  const says = (text: string) => () => aSocketServer((socket) => socket.write(text));
  const withTls = async (url: Promise<string>) => (await url).replace('http:', 'https:');
  const SILENT: [string, FailureReason, () => Promise<string>][] = [
    ['refuses the connection', 'connect', aClosedPort],
    ['says nothing', 'headers-timeout', says('')],
    ['stops in the middle of its headers', 'headers-timeout', says('HTTP/1.1 200 OK\r\nA:')],
    ['stops in the middle of its body', 'body-timeout', says('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')],
    ['hangs up', 'connection-lost', () => aSocketServer((socket) => socket.end())],
    ['breaks the connection', 'connection-lost', () => aSocketServer((socket) => socket.resetAndDestroy())],
    [
      'hangs up in the middle of its body',
      'connection-lost',
      () => aSocketServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')),
    ],
    [
      'speaks no HTTP',
      'protocol',
      () => aSocketServer((socket) => socket.once('data', () => socket.write('500 What?\r\n'))),
    ],
    ['has a status of its own', 'protocol', says('HTTP/1.1 999 No\r\ncontent-length: 0\r\n\r\n')],
    ['has headers without end', 'protocol', says(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`)],
    [
      'compresses wrongly',
      'protocol',
      says('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nhalf'),
    ],
    ['speaks no TLS', 'tls', () => withTls(says('220 plain\r\n')())],
    ['keeps silent instead of TLS', 'connect-timeout', () => withTls(says('')())],
    ['has a name that nobody knows', 'dns', async () => 'http://nowhere.invalid'],
  ];

  it.each(SILENT)('because it %s is told by its reason: %s', async (_what, reason, start) => {
    const url = await start();

    const failure = await failureOf(
      once(SOON).fetch(`${url}/secret?token=secret`, { headers: { authorization: 'Bearer secret' } }),
    );

    expect([failure.reason, failure.destination]).toEqual([reason, url]);
    expect(failure.message).not.toContain('secret');
  });

  it('in time, drop by drop, is given up all the same', async () => {
    const url = await aSocketServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const startedAt = performance.now();

    expect(await reasonOf(client({ ...SOON, totalMs: 500 }).fetch(url))).toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(patience(1_500));
  });

  it('is waited for no longer than the caller says, for the reason the caller gives', async () => {
    const url = await aSocketServer(() => undefined);
    const reason = new Error('enough');
    const caller = new AbortController();
    const asked = client().fetch(url, { signal: caller.signal });

    setTimeout(() => caller.abort(reason), 100);

    await expect(asked).rejects.toBe(reason);
    await expect(client().fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('what is no request', () => {
  it.each([
    ['a header with a line break', { headers: { a: 'b\r\nc: d' } }],
    ['a method that tunnels', { method: 'CONNECT' }],
    ['a GET with a body', { body: 'x' }],
    ['a stream, which cannot be sent again', { method: 'POST', body: new ReadableStream() }],
  ])('is a mistake of the caller: %s', async (_what, request) => {
    const { url, asked } = await aServer((_request, response) => response.end());

    await expect(client().fetch(url, request)).rejects.toMatchObject({ name: 'TypeError' });
    expect(asked).toEqual([]);
  });
});

describe('a message that is posted', () => {
  const { signal } = new AbortController();
  const message = { headers: { 'x-a': 'b' }, body: 'hello', signal };

  it('arrives once, and what is answered counts by its beginning where that is enough', async () => {
    const { url, asked } = await aServer((_request, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end('x'.repeat(LIMIT)),
    );

    const answer = await client({ maxBytes: 5, longer: 'cut' }).post(`${url}/a?b=c`, message);

    expect([answer.status, answer.header('retry-after'), answer.text]).toEqual([503, '7', 'xxxxx']);
    expect(asked).toEqual([{ method: 'POST', path: '/a?b=c', body: 'hello' }]);
  });

  it('fails as any call does', async () => {
    const { url } = await aServer((_request, response) => response.end('x'.repeat(LIMIT + 1)));

    expect(await reasonOf(client().post(url, message))).toBe('too-large');
    expect(await reasonOf(client().post(await aClosedPort(), message))).toBe('connect');
    expect(await reasonOf(client().post('ftp://127.0.0.1/', message))).toBe('url-refused');
    expect(await reasonOf(client({ addressesFrom: 'users' }).post(url, message))).toBe('address-refused');
  });

  it('ends when its time is over', async () => {
    const { url } = await aServer(() => undefined);
    const ending = client().post(url, { ...message, signal: AbortSignal.abort(new Error('over')) });

    await expect(ending).rejects.toThrow('over');
  });

  it.each([22, 25, 6667])('is no way to speak to what listens for another protocol: port %d', async (port) => {
    expect(await reasonOf(client().post(`http://127.0.0.1:${port}/`, message))).toBe('url-refused');
  });
});
