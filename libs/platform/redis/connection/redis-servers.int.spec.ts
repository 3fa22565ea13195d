import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aCertificate, type Certificate, describeWithCertificates } from '#platform/testing/servers/certificate.js';
import { type RedisServer, startRedisServer } from '#platform/testing/servers/redis-server.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { busPort, nodeSettings } from '../../../../tools/servers/redis/redis-cluster.ts';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { RedisConnections } from './redis-connections.js';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

async function aServer(...settings: Parameters<typeof startRedisServer>): Promise<RedisServer> {
  const server = await startRedisServer(...settings);
  closings.push(server.remove);
  return server;
}

const KINDS = ['commands', 'counters', 'worker', 'subscriber'] as const;

/** One connection of each kind, and what is logged about their outages; that one is over is told when it has been for a while. */
function openAll(url: string, overrides: Record<string, string> = {}) {
  const lines: string[] = [];
  const keep = (message: unknown) => void (message === 'Redis is back.' || lines.push(String(message)));
  vi.spyOn(Logger.prototype, 'warn').mockImplementation(keep);
  vi.spyOn(Logger.prototype, 'log').mockImplementation(keep);
  const connections = new RedisConnections(
    loadEnv(aValidEnv({ REDIS_URL: url, REDIS_TIMEOUT: String(patience(300)), ...overrides })),
  );
  closings.push(() => connections.close());
  const open = KINDS.map((kind) => connections[kind]());
  for (const redis of open) if (redis.status === 'wait') redis.connect().catch(() => undefined);
  const [commands] = open as [(typeof open)[0]];
  const areReady = () => expect(open.map(({ status }) => status)).toEqual(KINDS.map(() => 'ready'));
  const close = () => connections.close();
  return { commands, open, lines, areReady, close, problem: () => connections.problemOf(commands) };
}

describe('while Redis reads its data back', () => {
  let server: RedisServer;
  beforeAll(async () => {
    // Each of the keys takes a millisecond to load.
    server = await startRedisServer(() => [
      'key-load-delay 1000',
      'loading-process-events-interval-bytes 1024',
      'enable-debug-command local',
    ]);
    await server.admin.debug('POPULATE', 1_000);
  });
  afterAll(() => server.remove());

  async function setup() {
    const all = openAll(server.url);
    await eventually(all.areReady);
    return all;
  }

  it('connections that stayed open are not used, and come back by themselves once it has, after one line', async () => {
    const { commands, lines, areReady, problem } = await setup();

    const reloaded = server.admin.debug('RELOAD');
    await eventually(() => expect(commands.get('key:1')).rejects.toThrow('LOADING'));
    const meanwhile = problem();
    await reloaded;

    await eventually(areReady, 4_000);
    expect([await commands.get('key:999'), meanwhile, lines]).toEqual([
      'value:999',
      'REDIS_UNAVAILABLE',
      ['Redis is away (LOADING); reconnecting.'],
    ]);
  });

  it('nothing is answered after a restart until all of it is there', async () => {
    const { commands, open, areReady } = await setup();
    await server.admin.save();
    await server.end();

    server.start();
    await eventually(() => expect(open.map(({ status }) => status)).toEqual(open.map(() => 'connect')));
    const meanwhile = await commands.get('key:1').catch(() => 'refused');
    await eventually(areReady, 6_000);

    expect([meanwhile, await commands.get('key:999')]).toEqual(['refused', 'value:999']);
  });
});

describe('a Redis that takes no writes because its replicas are away', () => {
  it('is named once, and used again when it does', async () => {
    const { admin, url } = await aServer(() => ['min-replicas-to-write 1']);
    const { commands, lines, areReady } = openAll(url);

    await eventually(() => expect(commands.set('key', 1)).rejects.toThrow('NOREPLICAS'));
    await eventually(() => expect(commands.set('key', 1)).rejects.toThrow('NOREPLICAS'));
    await admin.config('SET', 'min-replicas-to-write', 0);

    await eventually(async () => expect(await commands.set('key', 1)).toBe('OK'), 4_000);
    await eventually(areReady, 4_000);
    expect(lines).toEqual(['REDIS_URL leads to a Redis that takes no writes now (NOREPLICAS); reconnecting.']);
  });
});

describe('a Redis Cluster that is taken for a single Redis is named once', () => {
  const aNode = () => startRedisServer((port) => nodeSettings(port, 1_000));
  let withoutKeys: RedisServer;
  let withAllKeys: RedisServer;
  beforeAll(async () => {
    [withoutKeys, withAllKeys] = [await aNode(), await aNode()];
  });
  afterAll(() => Promise.all([withoutKeys, withAllKeys].map(({ remove }) => remove())));

  const saying = (reason: string) => [
    `REDIS_URL leads to a Redis Cluster: name its nodes in REDIS_CLUSTER_NODES (${reason}`,
  ];

  it('when a node is of no cluster yet, and when others have its keys', async () => {
    const { commands, lines, problem } = openAll(withoutKeys.url);
    await eventually(() => expect(commands.set('key', 1)).rejects.toThrow('CLUSTERDOWN'));
    const before = problem();

    await withAllKeys.admin.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
    await withAllKeys.admin.call('CLUSTER', 'MEET', '127.0.0.1', withoutKeys.port, busPort(withoutKeys.port));
    await eventually(() => expect(commands.set('key', 1)).rejects.toThrow('MOVED'));

    expect([before, problem()]).toEqual(['REDIS_IS_CLUSTER', 'REDIS_IS_CLUSTER']);
    expect(lines).toEqual(saying('CLUSTERDOWN); reconnecting.'));
  });

  it('when a node has all keys, but not in one place', async () => {
    const { commands, lines, problem, areReady } = openAll(withAllKeys.url);
    await eventually(areReady);

    for (const value of [1, 2]) {
      await expect(commands.mset('key', value, 'other', value)).rejects.toThrow('CROSSSLOT');
    }

    expect([commands.status, problem(), lines]).toEqual(['ready', 'REDIS_IS_CLUSTER', saying('MSET).')]);
  });

  it('when the database has a number, instead of going on in another one', async () => {
    const { open, lines, problem } = openAll(`${withAllKeys.url}/2`);

    await eventually(() => expect(problem()).toBe('REDIS_IS_CLUSTER'));

    expect(open.map(({ status }) => status)).not.toContain('ready');
    expect(lines).toEqual(saying('SELECT); reconnecting.'));
  });
});

describe('a name whose address changes', () => {
  const OTHER_ADDRESS = process.platform === 'darwin' ? '::1' : '127.0.0.2';

  type Answered = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family: number) => void;

  /** What the system says of redis.test; undefined: it does not know it. */
  function aName() {
    let address: string | undefined;
    const { lookup } = dns;
    vi.spyOn(dns, 'lookup').mockImplementation(((name: string, options: LookupOptions, done: Answered) => {
      const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
      if (name === 'redis.test' && !address) setImmediate(() => done(unknown, '', 0));
      else lookup(name === 'redis.test' ? String(address) : name, options, done);
    }) as typeof dns.lookup);
    return { leadsTo: (other: string | undefined) => void (address = other) };
  }

  it('is asked for again at every connection, also when nobody knew it for a while', async () => {
    const name = aName();
    const before = await aServer(() => []);
    const after = await aServer(() => [], { host: OTHER_ADDRESS, port: before.port });
    name.leadsTo('127.0.0.1');
    const { lines, open, areReady } = openAll(`redis://redis.test:${before.port}`);
    await eventually(areReady);

    name.leadsTo(undefined);
    await before.end();
    await eventually(() => expect(lines).toEqual(['Redis is away (ENOTFOUND); reconnecting.']));
    name.leadsTo(OTHER_ADDRESS);

    await eventually(areReady, 4_000);
    const clients = String(await after.admin.client('LIST'));
    expect(KINDS.filter((kind) => !clients.includes(`:${kind} `))).toEqual([]);
    expect(open.map(({ stream }) => stream.destroyed)).not.toContain(true);
  });
});

describeWithCertificates('TLS, which rediss:// asks for', () => {
  const trusted = tls.getCACertificates();
  let certificate: Certificate;
  let server: RedisServer;
  beforeAll(async () => {
    certificate = aCertificate();
    server = await startRedisServer(() => [`tls-ca-cert-file ${certificate.certificateFile}`, 'tls-auth-clients no'], {
      tls: certificate,
    });
  });
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted);
    await server.remove();
    certificate.remove();
  });

  it('carries every connection when the certificate is trusted', async () => {
    tls.setDefaultCACertificates([certificate.text]);
    const { commands, open, lines, areReady } = openAll(server.url);

    await eventually(areReady);

    expect(await commands.set('key', 1)).toBe('OK');
    expect([open.map(({ stream }) => stream instanceof tls.TLSSocket), lines]).toEqual([KINDS.map(() => true), []]);
  });

  it('carries every connection, also those that look where the address leads, when its authority is one of our own', async () => {
    tls.setDefaultCACertificates(trusted);
    const { commands, open, lines, areReady } = openAll(server.url, { REDIS_CA_FILE: certificate.certificateFile });

    await eventually(areReady);

    expect(await commands.set('key', 1)).toBe('OK');
    expect([open.map(({ stream }) => stream instanceof tls.TLSSocket), lines]).toEqual([KINDS.map(() => true), []]);
  });

  it.each<[string, string, (url: string) => unknown]>([
    [
      'the certificate is of another authority',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      () => tls.setDefaultCACertificates(trusted),
    ],
    ['it is for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', (url) => url.replace('127.0.0.1', 'localhost')],
    [
      'Redis wants one of ours',
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      async () => {
        await server.admin.config('SET', 'tls-auth-clients', 'yes');
        closings.push(() => server.admin.config('SET', 'tls-auth-clients', 'no'));
      },
    ],
  ])('opens nothing, and says so once, when %s (%s)', async (_what, reason, change) => {
    tls.setDefaultCACertificates([certificate.text]);
    const { open, lines, problem } = openAll(String((await change(server.url)) ?? server.url));

    await eventually(() => expect(problem()).toBe('REDIS_TLS_FAILED'));

    expect(open.map(({ status }) => status)).not.toContain('ready');
    // The first end of a connection can overtake the reason for it.
    expect(lines.length).toBeLessThan(3);
    expect(lines.filter((line) => !line.includes('ECONNRESET'))).toEqual([
      expect.stringMatching(`^TLS to Redis fails; .* \\(${reason}\\); reconnecting\\.$`),
    ]);
  });

  it('can be given up in the middle of a handshake that fails, without an error nobody hears, which would end the process', async () => {
    tls.setDefaultCACertificates([certificate.text]);
    const all: Redis[] = [];
    for (const attempt of Array(40).keys()) {
      const { open, close } = openAll(server.url.replace('127.0.0.1', 'localhost'));
      await sleep(attempt % 10);
      close();
      all.push(...open);
    }

    await eventually(() => expect(all.filter(({ stream }) => stream?.destroyed === false)).toEqual([]));
  });

  it.each([
    ['redis:// and a port with TLS', () => server.url.replace('rediss:', 'redis:')],
    ['rediss:// and a port without TLS', () => String(process.env.REDIS_URL).replace('redis:', 'rediss:')],
  ])('looks like a Redis that is away between %s, in one line', async (_what, url) => {
    const { open, lines, problem } = openAll(url());

    await eventually(() => expect(problem()).toBe('REDIS_UNAVAILABLE'));

    expect(open.map(({ status }) => status)).not.toContain('ready');
    expect(lines).toEqual([
      expect.stringMatching(/^Redis is away \((?:ECONNRESET|ETIMEDOUT|SILENT)\); reconnecting\.$/),
    ]);
  });
});
