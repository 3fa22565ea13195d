import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../../../config/load-env.js';
import { aValidEnv } from '../../../testing/env.factory.js';
import { Broadcasts } from '../../broadcasts.js';
import { RedisHealth } from '../../redis-health.js';
import { RedisConnections } from '../redis-connections.js';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

describe('a Redis Cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  async function setup(overrides: Record<string, string> = cluster.env) {
    const lines: string[] = [];
    vi.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
    const connections = new RedisConnections(loadEnv(aValidEnv(overrides)));
    closings.push(() => connections.close());
    const commands = connections.commands();
    const connected = commands.connect().catch((error: Error) => error);
    const health = new RedisHealth(commands, connections);
    return { connections, commands, connected, health, lines };
  }

  const keys = Array.from({ length: 60 }, () => `key-${crypto.randomUUID()}`);

  it('takes commands for keys of every node, one by one and many at once', async () => {
    const { connections, commands, connected, lines } = await setup();
    const counters = connections.counters();
    await Promise.all([connected, counters.connect()]);

    await Promise.all(keys.map((key) => commands.set(key, 'here')));
    const counted = await Promise.all(keys.map((key) => counters.incr(`counter-${key}`)));

    expect(await Promise.all(keys.map((key) => commands.get(key)))).toEqual(keys.map(() => 'here'));
    expect(counted).toEqual(keys.map(() => 1));
    const slots = await Promise.all(keys.map((key) => cluster.client.cluster('KEYSLOT', key)));
    expect(new Set(slots.map((slot) => Math.floor(slot / 5_462))).size).toBe(3);
    expect(lines).toEqual([]);
  });

  it('carries messages to every subscriber, whichever nodes the two are with', async () => {
    const heard: string[] = [];
    const parts = await Promise.all([setup(), setup(), setup(), setup()]);
    await Promise.all(parts.map(({ connected }) => connected));
    const all = parts.map(({ connections, commands }) => new Broadcasts(connections, commands));
    all.forEach((broadcasts, index) => broadcasts.subscribe('tests', (from) => heard.push(`${from} to ${index}`)));

    await eventually(() => {
      all.forEach((broadcasts, index) => broadcasts.publish('tests', String(index)));
      expect(new Set(heard).size).toBe(16);
    });
  });

  it('refuses what needs keys of several nodes, and readiness tells of it', async () => {
    const { commands, connected, health } = await setup();
    await connected;

    await expect(commands.mget('a', 'b')).rejects.toThrow('CROSSSLOT');
    await expect(commands.eval('return 1', 2, 'a', 'b')).rejects.toThrow('CROSSSLOT');

    expect(await health.check()).toEqual({ status: 'degraded', code: 'REDIS_CLUSTER_DOWN' });
  });

  it('is asked where it is of any node that answers', async () => {
    const { commands, connected } = await setup({
      ...cluster.env,
      REDIS_CLUSTER_NODES: `127.0.0.1:1,${cluster.nodes.split(',')[0]}`,
    });

    expect(await connected).toBeUndefined();
    expect(await commands.set('key', '1')).toBe('OK');
  });

  it.each<[string, () => Record<string, string>, string]>([
    [
      'a Redis that is none',
      () => ({
        ...cluster.env,
        REDIS_CLUSTER_NODES: new URL(String(process.env.REDIS_URL)).host,
        REDIS_URL: String(process.env.REDIS_URL),
      }),
      'REDIS_IS_NO_CLUSTER',
    ],
    ['nothing', () => ({ ...cluster.env, REDIS_CLUSTER_NODES: '127.0.0.1:1,127.0.0.1:2' }), 'REDIS_UNAVAILABLE'],
    [
      'a password that is none',
      () => ({ ...cluster.env, REDIS_URL: 'redis://nobody:wrong@cluster' }),
      'REDIS_CREDENTIALS_REFUSED',
    ],
  ])('has a name for what is wrong when its nodes lead to %s', async (_what, env, code) => {
    const { health, connected } = await setup(env());
    await connected;

    await eventually(async () => {
      const error: unknown = await health.check().catch((failure: unknown) => failure);
      expect(health.problemOf(error)).toBe(code);
    });
  });

  it('hears messages from the next node, when the one that it was with has fallen silent', async () => {
    const proxies = await Promise.all(
      cluster.nodes
        .split(',')
        .slice(0, 2)
        .map((node) => cuttableProxy(`redis://${node}`)),
    );
    closings.push(...proxies.map((proxy) => proxy.close));
    const { connections } = await setup({
      ...cluster.env,
      REDIS_CLUSTER_NODES: proxies.map(({ url }) => new URL(url).host).join(','),
      REDIS_TIMEOUT: '300',
    });
    const subscriber = connections.subscriber();

    for (const proxy of proxies) {
      proxy.freeze();
      // What was asked of a connection that is lost is asked again of the next.
      expect(await subscriber.subscribe('tests')).toBe(1);
      proxy.restore();
    }
  });

  it('goes on with the replica of a master that has ended: a failover', async () => {
    const { commands, connected, lines } = await setup();
    await connected;
    await commands.set('{queue}:kept', 'yes');
    await eventually(async () => expect(await commands.wait(0, 0)).toBeGreaterThanOrEqual(0));

    await cluster.endMasterOf('{queue}');

    await eventually(async () => expect(await commands.set('{queue}:new', 'yes')).toBe('OK'), 30_000);
    expect(await commands.get('{queue}:kept')).toBe('yes');
    await eventually(async () => expect(await Promise.all(keys.map((key) => commands.exists(key)))).toContain(1));
    expect(lines.length).toBeLessThan(6);
  });

  it('has a name for keys that no node serves any more', async () => {
    const { connected, health } = await setup();
    await connected;

    await cluster.endMasterOf('key-without-replica');

    await eventually(async () => {
      const error: unknown = await health.check().catch((failure: unknown) => failure);
      expect(health.problemOf(error)).toBe('REDIS_CLUSTER_DOWN');
    });
  });
});
