import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { OutboundClient, type OutboundOptions } from './outbound-client.js';
import { type FailureReason, OutboundFailure } from './outbound-failure.js';

const LIMIT = 10_000;

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Asked = { method: string; path: string; body: string };

/** A server of somebody else. `asked`: what has come so far. */
async function aServer(answer: (request: IncomingMessage, response: ServerResponse, time: number) => unknown) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ method: String(request.method), path: String(request.url), body });
      answer(request, response, asked.length);
    });
  });
  return { url: await listen(server), asked };
}
/** One that speaks no HTTP, or not as it should. */
const aSocketServer = (greet: (socket: Socket) => unknown): Promise<string> =>
  listen(createTcpServer((socket) => void greet(socket)));

async function aClosedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const client = (options: Partial<OutboundOptions> = {}) =>
  new OutboundClient({ name: 'test', addressesFrom: 'configuration', maxBytes: LIMIT, ...options });
const once = (options: Partial<OutboundOptions> = {}) => client({ attempts: 1, ...options });
const failureOf = async (asked: Promise<unknown>): Promise<OutboundFailure> => {
  const error: unknown = await asked.then(
    () => new Error('it answered'),
    (failed: unknown) => failed,
  );
  if (!(error instanceof OutboundFailure)) throw error;
  return error;
};
const reasonOf = async (asked: Promise<unknown>): Promise<string> => (await failureOf(asked)).reason;

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

describe('a destination', () => {
  it('that keeps failing is left alone, and asked again by one call after a while', async () => {
    const [warn, log] = [vi.spyOn(Logger.prototype, 'warn'), vi.spyOn(Logger.prototype, 'log')];
    for (const spy of [warn, log]) spy.mockImplementation(() => undefined);
    let isDown = true;
    const { url, asked } = await aServer((_request, response) => response.writeHead(isDown ? 500 : 200).end());
    const asking = once({ breakMs: patience(500) });

    for (let time = 0; time < 5; time++) expect((await asking.fetch(url)).status).toBe(500);
    expect(await reasonOf(asking.fetch(url))).toBe('circuit-open');
    expect(asked).toHaveLength(5);
    await delay(patience(500) + 50);
    expect((await asking.fetch(url)).status).toBe(500);
    expect(await reasonOf(asking.fetch(url))).toBe('circuit-open');
    isDown = false;
    await delay(patience(500) + 50);
    expect((await asking.fetch(url)).status).toBe(200);
    expect((await asking.fetch(url)).status).toBe(200);

    expect(warn.mock.calls).toEqual([[expect.stringContaining(`${url} fails too often`)]]);
    expect(log.mock.calls).toEqual([[`${url} answers again.`]]);
  });

  it('that cannot be reached is left alone, and no other one', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const gone = await aClosedPort();
    const { url } = await aServer((_request, response) => response.end());
    const asking = once();

    const reasons: string[] = [];
    for (let time = 0; time < 6; time++) reasons.push(await reasonOf(asking.fetch(gone)));

    expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'connect'), 'circuit-open']);
    expect((await asking.fetch(url)).status).toBe(200);
  });

  it.each([400, 404, 429, 302])('that refuses is there, however often: %d', async (status) => {
    const { url, asked } = await aServer((_request, response) => response.writeHead(status).end());
    const asking = once();

    for (let time = 0; time < 20; time++) await asking.fetch(url);

    expect(asked).toHaveLength(20);
  });

  it('gets so many calls at a time, as many wait, and the rest is told at once', async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const { url } = await aServer((_request, response) => {
      most = Math.max(most, ++running);
      waiting.push(() => {
        running--;
        response.end();
      });
    });
    const asking = once({ concurrency: 3 });

    const asked = Array.from({ length: 10 }, () =>
      asking.fetch(url).then(
        () => 'answered',
        (error: OutboundFailure) => error.reason,
      ),
    );
    const refused = await Promise.all(asked.slice(6));
    await eventually(async () => {
      for (const end of waiting.splice(0)) end();
      expect(await Promise.race([Promise.all(asked), delay(20)])).toBeDefined();
    });

    expect(refused).toEqual(['busy', 'busy', 'busy', 'busy']);
    expect(await Promise.all(asked.slice(0, 6))).toEqual(Array.from({ length: 6 }, () => 'answered'));
    expect(most).toBe(3);
  });

  it('that is slow lets calls to others through', async () => {
    const slow = await aSocketServer(() => undefined);
    const { url } = await aServer((_request, response) => response.end());
    const asking = once({ totalMs: patience(1_000) });

    const stuck = Array.from({ length: 60 }, () => reasonOf(asking.fetch(slow)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => asking.fetch(url)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(['timeout', 'busy', 'circuit-open']).toEqual(expect.arrayContaining(await Promise.all(stuck)));
  });

  it('is forgotten when many others were called since, and all that is remembered with it', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const gone = await aClosedPort();
    const asking = once({ addressesFrom: 'users', alsoAllowed: ['127.0.0.1/32'] });
    for (let time = 0; time < 5; time++) await reasonOf(asking.fetch(gone));
    expect(await reasonOf(asking.fetch(gone))).toBe('circuit-open');

    for (let time = 0; time < 500; time++) await reasonOf(asking.fetch(`http://10.0.${time >> 8}.${time & 255}`));

    expect(await reasonOf(asking.fetch(gone))).toBe('connect');
  });

  it('keeps its connections for the next calls', async () => {
    let connections = 0;
    const { url } = await aServer((_request, response) => response.end());
    servers.at(-1)?.on('connection', () => connections++);
    const asking = client();

    for (let time = 0; time < 20; time++) await asking.fetch(url);

    // The first one may still be busy with the end of an answer.
    expect(connections).toBeLessThanOrEqual(2);
  });
});
