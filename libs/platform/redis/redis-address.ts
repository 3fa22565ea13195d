import type { RedisOptions } from 'ioredis';
import type { Config } from '../config/config.js';
import { ReconnectionDelay } from './reconnection-delay.js';

type Address = Readonly<{ url: string; options: RedisOptions }>;

/** Where Redis is: at REDIS_URL, or where the Sentinels say that the master of that name is. Asked for again at every connection. */
export function redisAddress({ REDIS_URL, REDIS_SENTINELS, REDIS_SENTINEL_PASSWORD, REDIS_TIMEOUT }: Config): Address {
  const delay = new ReconnectionDelay();
  const timeouts = { connectTimeout: REDIS_TIMEOUT, disconnectTimeout: REDIS_TIMEOUT };
  if (REDIS_SENTINELS.length === 0) return { url: REDIS_URL, options: timeouts };

  const { hostname, protocol } = new URL(REDIS_URL);
  const isEncrypted = protocol === 'rediss:';
  return {
    url: REDIS_URL,
    options: {
      ...timeouts,
      sentinels: [...REDIS_SENTINELS],
      name: hostname,
      sentinelPassword: REDIS_SENTINEL_PASSWORD,
      sentinelCommandTimeout: REDIS_TIMEOUT,
      sentinelRetryStrategy: () => delay.next(),
      enableTLSForSentinelMode: isEncrypted,
      ...(isEncrypted && { sentinelTLS: {} }),
    },
  };
}
