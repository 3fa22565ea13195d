import { Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './redis-address.js';

/** It fails rather than tries again, and sends no more than it must. */
const ONE_QUESTION: RedisOptions = {
  lazyConnect: true,
  retryStrategy: null,
  sentinelRetryStrategy: () => null,
  maxRetriesPerRequest: 0,
  enableReadyCheck: false,
};

/** Reads a key over a connection that is opened for it: from the server that the address leads to now. @throws when there is none */
export async function readAnew({ url, options }: RedisAddress, key: string): Promise<string | null> {
  const redis = new Redis(url, { ...options, ...ONE_QUESTION, commandTimeout: options.connectTimeout });
  try {
    await redis.on('error', () => undefined).connect();
    return await redis.get(key);
  } finally {
    redis.disconnect();
  }
}
