import { Redis } from 'ioredis';
import pg from 'pg';
import { postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import { Problem } from '../settings/settings.ts';

const PATIENCE_MS = 3_000;
const DATABASE_DOES_NOT_EXIST = '3D000';

/** @throws Problem when nothing usable answers at DATABASE_URL; a missing database is fine, migrating creates it */
export async function requirePostgres(url: string): Promise<void> {
  const client = new pg.Client({ ...postgresAddress(url), connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== DATABASE_DOES_NOT_EXIST)
      throw new Problem(unusable('DATABASE_URL', 'Postgres', url, code?.startsWith('28') ?? false));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws Problem when nothing usable answers at REDIS_URL */
export async function requireRedis(url: string): Promise<void> {
  let reason = '';
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: PATIENCE_MS,
  });
  redis.on('error', (error: Error) => (reason = error.message));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new Problem(
      unusable('REDIS_URL', 'Redis', url, /NOAUTH|WRONGPASS|NOPERM/.test(`${reason} ${String(error)}`)),
    );
  } finally {
    redis.disconnect();
  }
}

function unusable(variable: string, kind: string, url: string, isRefused: boolean): string {
  const host = URL.parse(url)?.host || 'that socket';
  if (isRefused)
    return `${variable} is set, but ${kind} at ${host} refuses its user name or password: correct it, or unset ${variable}.`;
  return `${variable} is set, but no ${kind} answers at ${host}: start it, or unset ${variable} to let npm start bring its own.`;
}
