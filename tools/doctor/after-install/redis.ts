import { requireRedis } from '../../local/servers/check-configured-servers.ts';
import { redisProgramDirectory } from '../../servers/local-directory.ts';
import { canUnpack, unpackedRedis } from '../../servers/redis/redis-from-debian.ts';
import { HOW_TO_GET_REDIS, redisOnPath } from '../../servers/redis/redis-program.ts';
import { type Finding, missing, ok } from '../finding.mjs';
import { type Configured, checkConfigured, readConfigured } from './server.ts';

type RedisFacts = Readonly<{
  configured: Configured;
  /** Of the program that is here. */
  origin: string | undefined;
  /** Whether npm start would fetch one. */
  canUnpack: boolean;
  hasDocker: boolean;
}>;

export async function redisFacts(env: NodeJS.ProcessEnv, hasDocker: boolean): Promise<RedisFacts> {
  return {
    configured: await readConfigured(env.REDIS_URL, requireRedis),
    origin: (redisOnPath() ?? (await unpackedRedis(redisProgramDirectory())))?.origin,
    canUnpack: await canUnpack(),
    hasDocker,
  };
}

/** In the order in which npm start looks. */
export function checkRedis({ configured, origin, canUnpack, hasDocker }: RedisFacts): Finding {
  if (configured !== 'no') return checkConfigured('Redis', 'REDIS_URL', configured === 'usable');
  if (origin !== undefined) return ok('Redis', origin);
  if (canUnpack) return ok('Redis', "npm start fetches it from Debian's packages");
  if (hasDocker) return ok('Redis', 'in Docker');
  return missing('Redis', 'none here', `${HOW_TO_GET_REDIS}, set REDIS_URL, or start Docker`);
}
