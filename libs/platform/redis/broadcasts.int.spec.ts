import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import { Broadcasts } from './broadcasts.js';
import { RedisConnections } from './connection/redis-connections.js';

const opened: RedisConnections[] = [];
afterAll(() => opened.forEach((connections) => connections.close()));

async function setup() {
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: process.env.REDIS_URL })));
  opened.push(connections);
  const redis = connections.commands();
  await redis.connect();
  const broadcasts = new Broadcasts(connections, redis);
  const heard: string[] = [];
  const channel = () => `tests.${crypto.randomUUID()}`;
  const subscribe = (name: string) => broadcasts.subscribe(name, () => void heard.push(name));
  const whenHeard = (names: string[]) =>
    eventually(() => {
      for (const name of names) broadcasts.publish(name, '');
      expect(new Set(heard)).toEqual(new Set(names));
    });
  return { redis, heard, channel, subscribe, whenHeard };
}

describe('Broadcasts', () => {
  it('are heard on every channel, whether it was asked for at the start or later', async () => {
    const { channel, subscribe, whenHeard } = await setup();
    const [first, second, later] = [channel(), channel(), channel()];

    subscribe(first);
    subscribe(second);
    await whenHeard([first, second]);
    subscribe(later);

    await whenHeard([first, second, later]);
  });

  it('are heard again, on every channel, after the connection was cut', async () => {
    const { redis, heard, channel, subscribe, whenHeard } = await setup();
    const channels = [channel(), channel()];
    channels.forEach(subscribe);
    await whenHeard(channels);

    await redis.client('KILL', 'TYPE', 'PUBSUB');
    heard.splice(0);

    await whenHeard(channels);
  });
});
