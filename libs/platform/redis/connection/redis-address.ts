import type { RedisOptions } from 'ioredis';
import type { Config } from '../../config/config.js';
import { ReconnectionDelay } from './reconnection-delay.js';

export type RedisAddress = Readonly<{ url: string; options: RedisOptions }>;

/** The system asks idle peers whether they are still there: NATs then keep the connection, and dead ones end. */
const KEEP_ALIVE_MS = 10_000;

/** Where Redis is: at REDIS_URL, or where the Sentinels say that the master of that name is. Asked for again at every connection. */
export function redisAddress({
  REDIS_URL: url,
  REDIS_SENTINELS,
  REDIS_SENTINEL_PASSWORD,
  REDIS_CA,
  REDIS_TIMEOUT,
}: Config): RedisAddress {
  const tls = REDIS_CA === undefined ? {} : { ca: REDIS_CA };
  const usual = {
    connectTimeout: REDIS_TIMEOUT,
    disconnectTimeout: REDIS_TIMEOUT,
    keepAlive: KEEP_ALIVE_MS,
    // Sent at once with each connection, it would meet one that a server without trust in us has closed by then, and Node would tell of the reset instead of the reason.
    disableClientInfo: true,
    ...(REDIS_CA !== undefined && { tls }),
  };
  if (REDIS_SENTINELS.length === 0) return { url, options: usual };

  const { hostname, protocol } = new URL(url);
  const isEncrypted = protocol === 'rediss:';
  const delay = new ReconnectionDelay();
  return {
    url,
    options: {
      ...usual,
      sentinels: [...REDIS_SENTINELS],
      name: hostname,
      sentinelPassword: REDIS_SENTINEL_PASSWORD,
      sentinelCommandTimeout: REDIS_TIMEOUT,
      sentinelRetryStrategy: () => delay.next(),
      enableTLSForSentinelMode: isEncrypted,
      ...(isEncrypted && { sentinelTLS: tls }),
    },
  };
}

/** For a server that wants no password: ioredis gives it all the same, and complains on the console each time. */
export function withoutUser({ url, options }: RedisAddress): RedisAddress {
  const address = new URL(url);
  address.username = address.password = '';
  return { url: address.href, options };
}
