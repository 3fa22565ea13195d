import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { eventually } from '../../../../test/eventually.ts';
import { startOwnRedis } from '../../../../test/redis-server.ts';
import { freePort } from '../../../../tools/servers/ports.ts';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { RedisConnections } from './redis-connections.js';

const KINDS = ['commands', 'counters', 'worker', 'subscriber'] as const;

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  jest.restoreAllMocks();
});

async function aRedis(directives: readonly string[]): Promise<{ url: string; admin: Redis }> {
  const server = await startOwnRedis(directives);
  closings.push(server.stop);
  const admin = new Redis(server.url);
  closings.push(() => admin.disconnect());
  return { url: server.url, admin };
}

function connectionsTo(url: string) {
  const lines: string[] = [];
  const keep = (message: unknown) => void lines.push(String(message));
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(keep);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(keep);
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: url, REDIS_TIMEOUT: '500' })));
  closings.push(() => connections.close());
  const open = KINDS.map((kind) => connections[kind]());
  const [commands, counters] = open as [Redis, Redis];
  for (const redis of [commands, counters]) void redis.connect().catch(() => undefined);
  return { connections, lines, open, commands, counters };
}

const write = (redis: Redis): Promise<string> => redis.set('foo', 'bar').catch((error: Error) => error.message);
const ready = (open: readonly Redis[]) =>
  eventually(() => expect(open.map(({ status }) => status)).toEqual(KINDS.map(() => 'ready')));

/** Nodes find each other at a port of their own, which is by default out of range for a port that the system gave out. */
const aNode = async () => aRedis(['cluster-enabled yes', `cluster-port ${await freePort()}`]);

describe('a Redis that loads its data', () => {
  it('is waited for by every connection, and used as soon as it has loaded them', async () => {
    const { url, admin } = await aRedis(['enable-debug-command yes', 'loading-process-events-interval-bytes 1024']);
    const { connections, lines, open, commands, counters } = connectionsTo(url);
    await ready(open);
    await admin.mset(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`key:${n}`, 'x'.repeat(100)])));
    await admin.config('SET', 'key-load-delay', '10000');

    const loaded = admin.call('DEBUG', 'RELOAD');
    await eventually(async () => expect(await write(commands)).toMatch(/^LOADING/));
    await eventually(() => expect(connections.problemOf(commands)).toBe('REDIS_UNAVAILABLE'));
    await loaded;

    await eventually(async () => expect(await Promise.all([commands, counters].map(write))).toEqual(['OK', 'OK']));
    await ready(open);
    expect(lines.filter((line) => line.endsWith('reconnecting.'))).toEqual(['Redis is away (LOADING); reconnecting.']);
  });
});

describe('a Redis Cluster', () => {
  it('that is down is waited for, and used when it is up', async () => {
    const { url, admin } = await aNode();
    const { connections, lines, open, commands, counters } = connectionsTo(url);

    await eventually(async () => expect(await write(commands)).toMatch(/^CLUSTERDOWN/));
    expect(connections.problemOf(commands)).toBe('REDIS_UNAVAILABLE');
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');

    await eventually(
      async () => expect(await Promise.all([commands, counters].map(write))).toEqual(['OK', 'OK']),
      10_000,
    );
    await ready(open);
    expect(lines.filter((line) => line.endsWith('reconnecting.'))).toEqual([
      'Redis is away (CLUSTERDOWN); reconnecting.',
    ]);
  });

  it('of several masters is named, once: it answers MOVED for keys that another one has', async () => {
    const [one, other] = await Promise.all([aNode(), aNode()]);
    await one.admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
    // The slot of "foo" among them.
    await other.admin.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
    const [, busPort = ''] = /@(\d+)/.exec(String(await other.admin.call('CLUSTER', 'NODES'))) ?? [];
    await one.admin.call('CLUSTER', 'MEET', '127.0.0.1', new URL(other.url).port, busPort);
    await eventually(async () => expect(await write(one.admin)).toMatch(/^MOVED/), 20_000);
    const { connections, lines, commands } = connectionsTo(one.url);

    await eventually(async () => expect(await write(commands)).toMatch(/^MOVED/));

    expect(connections.problemOf(commands)).toBe('REDIS_IS_CLUSTER');
    expect(lines).toEqual([expect.stringMatching(/^REDIS_URL leads to a Redis Cluster .* \(MOVED\); reconnecting\.$/)]);
  });
});
