import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CuttableProxy, cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { type RedisPair, startRedisPair } from '#platform/testing/servers/redis-pair.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { RedisConnections } from './redis-connections.js';

let pair: RedisPair;
let name: CuttableProxy;
let connections: RedisConnections;
let newMaster: Redis;
beforeEach(async () => {
  pair = await startRedisPair();
  name = await cuttableProxy(pair.master);
  connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: name.url, REDIS_TIMEOUT: '500' })));
  newMaster = new Redis(pair.replica);
});
afterEach(async () => {
  connections.close();
  newMaster.disconnect();
  await name.close();
  await pair.stop();
});

/** One of each, open, the last one as a BullMQ worker uses it: in the middle of a wait. */
async function openAll() {
  const [commands, counters, worker, subscriber] = [
    connections.commands(),
    connections.counters(),
    connections.worker(),
    connections.subscriber(),
  ];
  const waiting = worker.duplicate();
  await Promise.all([commands.connect(), counters.connect()]);
  await subscriber.subscribe('tests.news');
  const heard: string[] = [];
  subscriber.on('message', (_channel, message) => heard.push(message));
  subscriber.on('ready', () => void subscriber.subscribe('tests.news'));
  const job = { taken: undefined as unknown };
  const wait = async (): Promise<void> => {
    job.taken ??= await waiting.bzpopmin('tests.marker', 1).catch(() => null);
    if (!job.taken && waiting.status !== 'end') await wait();
  };
  void wait();
  return { commands, counters, worker, heard, job };
}

/** All of them work where the master is now. */
async function haveFollowed(
  { commands, counters, worker, heard, job }: Awaited<ReturnType<typeof openAll>>,
  patienceMs: number,
) {
  await eventually(async () => {
    await Promise.all([commands.set('by:commands', 1), counters.set('by:counters', 1), worker.set('by:worker', 1)]);
    expect(await newMaster.mget('by:commands', 'by:counters', 'by:worker')).toEqual(['1', '1', '1']);
    await newMaster.publish('tests.news', 'hello');
    if (!job.taken) await newMaster.zadd('tests.marker', 0, 'job');
    expect([heard.length > 0, job.taken]).toEqual([true, ['tests.marker', 'job', '0']]);
  }, patienceMs);
}

describe('when a replica is promoted', () => {
  it('every connection leaves the demoted server, though it stays open there', async () => {
    const all = await openAll();
    await all.commands.set('before', 1);

    name.redirect(pair.replica);
    await pair.promote();

    await haveFollowed(all, 5_000);
  });

  it('a connection that nobody uses is there as well when it is needed', async () => {
    const commands = connections.commands();
    await commands.connect();

    name.redirect(pair.replica);
    await pair.promote();

    const isThere = async () =>
      commands.status === 'ready' && String(await newMaster.client('LIST')).includes(':commands');
    await eventually(async () => expect(await isThere()).toBe(true), 5_000);
    expect(await commands.set('first', 1)).toBe('OK');
  });
});

describe('when the address leads to another server, and the old one goes on taking writes', () => {
  it('every connection follows the address', async () => {
    const all = await openAll();

    await newMaster.replicaof('NO', 'ONE');
    name.redirect(pair.replica);

    await haveFollowed(all, 9_000);
  });
});
