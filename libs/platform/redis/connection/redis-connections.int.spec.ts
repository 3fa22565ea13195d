import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type CuttableProxy, cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { RedisConnections } from './redis-connections.js';

const opened: RedisConnections[] = [];
const proxies: CuttableProxy[] = [];
const servers: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(() => {
  for (const connections of opened.splice(0)) connections.close();
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  vi.restoreAllMocks();
});

function setup(url = process.env.REDIS_URL) {
  const lines: string[] = [];
  vi.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => void lines.push(String(message)));
  vi.spyOn(Logger.prototype, 'log').mockImplementation((message: unknown) => void lines.push(String(message)));
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: url, REDIS_TIMEOUT: '150' })));
  opened.push(connections);
  return { connections, lines };
}

async function aProxy(): Promise<CuttableProxy> {
  const proxy = await cuttableProxy(String(process.env.REDIS_URL));
  proxies.push(proxy);
  return proxy;
}

/** Accepts connections and never says a word, like a Redis that was stopped by its kernel. */
async function aFrozenServer(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket));
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `redis://:hunter2@127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Where Redis would be, were its address another one. */
function urlWith(change: (url: URL) => void, of = String(process.env.REDIS_URL)): string {
  const url = new URL(of);
  change(url);
  return url.href;
}

const within = async (work: Promise<unknown>) => {
  const startedAt = performance.now();
  const result = await work.then(
    () => 'fulfilled',
    () => 'rejected',
  );
  return { result, milliseconds: performance.now() - startedAt };
};

describe('the connection for commands', () => {
  it('opens nothing before it is told to', async () => {
    const { connections } = setup();

    expect(connections.commands().status).toBe('wait');
  });

  it('refuses commands at once while Redis is away, and logs the outage once, without the address', async () => {
    const { connections, lines } = setup('redis://:hunter2@127.0.0.1:1');
    const [redis, other] = [connections.commands(), connections.counters()];

    const connecting = await Promise.all([within(redis.connect()), within(other.connect())]);
    const commands = await Promise.all([within(redis.get('key')), within(redis.set('key', 'value'))]);
    let errors = 0;
    redis.on('error', () => errors++);
    await eventually(() => expect(errors).toBeGreaterThan(2));

    expect([...connecting, ...commands].map(({ result }) => result)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(Math.max(...commands.map(({ milliseconds }) => milliseconds))).toBeLessThan(patience(100));
    expect(lines).toEqual(['Redis is away (ECONNREFUSED); reconnecting.']);
    expect(connections.problemOf(redis)).toBe('REDIS_UNAVAILABLE');
  });

  it('waits for a frozen Redis no longer than it may', async () => {
    const { connections, lines } = setup(await aFrozenServer());
    const redis = connections.commands();

    const { result, milliseconds } = await within(redis.connect());

    expect(result).toBe('rejected');
    expect(milliseconds).toBeLessThan(patience(1_000));
    expect(lines.join()).not.toContain('hunter2');
  });

  it('works again by itself after its connection was cut', async () => {
    const { connections, lines } = setup();
    const redis = connections.commands();
    await redis.connect();
    const other = connections.commands();
    await other.connect();

    await other.client('KILL', 'ID', await redis.client('ID'));

    await eventually(async () => expect(await redis.ping()).toBe('PONG'));
    expect(lines).toEqual([]);
  });
});

const KINDS = ['commands', 'counters', 'worker', 'subscriber'] as const;

describe('a connection that leads nowhere', () => {
  it('is opened again within seconds, whatever it is for, and one that works is left alone', async () => {
    const [stranded, healthy] = [await aProxy(), await aProxy()];
    const other = setup(healthy.url).connections.commands();
    const { connections, lines } = setup(stranded.url);
    const open = KINDS.map((kind) => connections[kind]());
    await eventually(async () =>
      expect(await Promise.all([...open, other].map((redis) => redis.ping()))).not.toContain('away'),
    );
    const before = healthy.connections();

    stranded.strand();

    const answers = () => Promise.all(open.map((redis) => Promise.race([redis.ping(), late()])));
    await eventually(async () => expect(await answers()).toEqual(KINDS.map(() => 'PONG')), 6_000);
    expect(lines).toEqual(['Redis is away (SILENT); reconnecting.']);
    // What compares the servers opens one each time; the connection itself stays.
    expect(await other.ping()).toBe('PONG');
    expect(healthy.connections() - before).toBeLessThan(3);
  });
});

describe('a connection that is accepted and then left without a word', () => {
  it('is opened again within seconds, also where nothing else limits a command', async () => {
    const proxy = await aProxy();
    proxy.redirect(await aFrozenServer());
    const { connections, lines } = setup(proxy.url);
    const worker = connections.worker();
    const open = [worker, worker.duplicate(), connections.subscriber()];
    await eventually(() => expect(open.map(({ status }) => status)).toEqual(open.map(() => 'connect')));

    proxy.redirect(String(process.env.REDIS_URL));

    const answers = () => Promise.all(open.map((redis) => Promise.race([redis.ping(), late()])));
    await eventually(async () => expect(await answers()).toEqual(open.map(() => 'PONG')), 6_000);
    expect(lines).toEqual(['Redis is away (SILENT); reconnecting.']);
  });
});

describe('a process that is too busy to listen', () => {
  it('does not take its own silence for that of Redis', async () => {
    const { connections, lines } = setup();
    const redis = connections.commands();
    await redis.connect();
    const [before, startedAt] = [await redis.client('ID'), performance.now()];

    // Two rounds of questions, each longer under way than REDIS_TIMEOUT.
    while (performance.now() - startedAt < 4_500) {
      busyFor(300);
      await nextTurn();
    }

    expect(lines).toEqual([]);
    expect(await redis.client('ID')).toBe(before);
  });
});

function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const late = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 200, 'late'));

describe('what Redis refuses', () => {
  const cases: [string, (url: URL) => void, string, RegExp][] = [
    [
      'a wrong password',
      (url) => (url.password = 'hunter2'),
      'REDIS_CREDENTIALS_REFUSED',
      /^Redis refuses the user name or password of REDIS_URL \(WRONGPASS\)/,
    ],
    [
      'no password',
      (url) => (url.password = ''),
      'REDIS_CREDENTIALS_REFUSED',
      /^Redis refuses the user name or password of REDIS_URL \(NOAUTH\)/,
    ],
    ['an unknown user', (url) => (url.username = 'hunter2'), 'REDIS_CREDENTIALS_REFUSED', /\(WRONGPASS\)/],
    [
      'a database that it does not have',
      (url) => (url.pathname = '/4711'),
      'REDIS_DATABASE_UNKNOWN',
      /^Redis has no database with the number/,
    ],
  ];

  it.each(cases)(
    '%s is named once, and tried again less and less often on every connection',
    async (_what, change, problem, line) => {
      const proxy = await aProxy();
      const { connections, lines } = setup(urlWith(change, proxy.url));
      const open = KINDS.map((kind) => connections[kind]());
      const [commands] = open;

      open.forEach((redis) => void redis.connect().catch(() => undefined));
      await eventually(() =>
        expect(open.map((redis) => connections.problemOf(redis))).toEqual(KINDS.map(() => problem)),
      );
      await eventually(() => expect(proxy.connections()).toBeGreaterThan(KINDS.length * 2));
      const before = proxy.connections();
      await new Promise((resolve) => setTimeout(resolve, 1_000));

      // Without growing pauses each would come back twelve times.
      expect(proxy.connections() - before).toBeLessThan(KINDS.length * 4);
      expect(lines).toEqual([expect.stringMatching(line)]);
      expect(lines.join()).not.toMatch(/hunter2|127\.0\.0\.1/);
      expect(commands?.status).not.toBe('ready');
    },
  );

  it('a command, is named once and does not cost the connection', async () => {
    const admin = new Redis(String(process.env.REDIS_URL));
    await admin.acl('SETUSER', 'reader', 'reset', 'on', '>secret', '~*', '+@read', '+@connection', '+info');
    const { connections, lines } = setup(
      urlWith((url) => Object.assign(url, { username: 'reader', password: 'secret' })),
    );
    const redis = connections.commands();
    await redis.connect();

    const answers = await Promise.all([
      within(redis.set('key', 'value')),
      within(redis.set('key', 'value')),
      within(redis.get('key')),
    ]);
    admin.disconnect();

    expect(answers.map(({ result }) => result)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(lines).toEqual([expect.stringMatching(/^The user of REDIS_URL lacks a permission .* \(SET\)\.$/)]);
    expect(connections.problemOf(redis)).toBe('REDIS_PERMISSION_MISSING');
  });
});
