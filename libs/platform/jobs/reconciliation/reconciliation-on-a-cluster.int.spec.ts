import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { aWorker } from '../testing/running-worker.js';
import { MARKER_KEY, OutboxReconciler } from './outbox-reconciler.js';

let cluster: RedisCluster;
let worker: Awaited<ReturnType<typeof aWorker>>;
beforeAll(async () => {
  cluster = await startRedisCluster();
  worker = await aWorker([], cluster.env);
  await worker.redis.connect();
});
afterAll(async () => {
  await worker.stop();
  await cluster.stop();
});

it('takes the queue for intact as long as the node that holds it is the same, whatever others there are', async () => {
  const reconciler = worker.get(OutboxReconciler);
  const markers: (string | null)[] = [];

  for (let round = 0; round < 8; round++) {
    await reconciler.reconcile();
    markers.push(await cluster.client.get(MARKER_KEY));
  }

  expect(markers[0]).toMatch(/^[\da-f]{40}$/);
  expect(new Set(markers).size).toBe(1);
});
