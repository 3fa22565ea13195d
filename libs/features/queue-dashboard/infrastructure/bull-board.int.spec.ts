import { afterAll, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { RedisConnections } from '#platform/redis/connection/redis-connections.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { BullBoard } from './bull-board.js';

const proxy = await cuttableProxy(String(process.env.REDIS_URL));
const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: proxy.url, REDIS_TIMEOUT: '200' })));
afterAll(async () => {
  connections.close();
  await proxy.close();
});

it('shows its page while Redis is away, says that it has no answer, and has one when Redis is back', async () => {
  proxy.cut();
  const redis = connections.commands();
  await redis.connect().catch(() => undefined);
  const board = new BullBoard(redis);
  const read = () => board.read('/api/queues', {});
  const unavailable = { definition: { code: 'SERVICE_UNAVAILABLE' }, reason: 'redis' };

  expect(await board.page('/admin/queues/')).toContain('<base href="/admin/queues/"');
  await expect(read()).rejects.toMatchObject(unavailable);
  proxy.restore();
  await eventually(async () => expect(await read()).toMatchObject({ status: 200 }));
  proxy.freeze();
  await expect(read()).rejects.toMatchObject(unavailable);
});
