import { join } from 'node:path';
import { postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import { hasDockerEngine, startContainer } from '../../servers/docker/container.ts';
import { postgresImage, redisImage } from '../../servers/docker/images.ts';
import { redisProgramDirectory } from '../../servers/local-directory.ts';
import { startPostgres } from '../../servers/postgres/postgres.ts';
import { installedPostgres } from '../../servers/postgres/postgres-cluster.ts';
import { startRedis } from '../../servers/redis/redis.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../../servers/redis/redis-program.ts';
import type { Server, ServerSettings } from '../../servers/server.ts';
import { Problem } from '../settings/settings.ts';
import { requirePostgres, requireRedis } from './check-configured-servers.ts';

/** What the services connect to. Only a server that we started has an end that is ours to bring about. */
export type Found = Readonly<{ url: string; origin: string; server: Server | null }>;

/** DATABASE_URL, else the Postgres that npm installed, else Docker. */
export async function findPostgres(directory: string, lastUrl?: string): Promise<Found> {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) {
    await requirePostgres(DATABASE_URL);
    return { url: DATABASE_URL, origin: `DATABASE_URL, ${placeOf(DATABASE_URL)}`, server: null };
  }
  const settings = settingsFor('postgres', directory, lastUrl);
  const programs = await installedPostgres();
  if (!programs && !hasDockerEngine()) {
    throw new Problem('No Postgres: npm has none for this machine. Set DATABASE_URL, or start Docker; then: npm start');
  }
  const server = programs ? await startPostgres(programs, settings) : await startContainer(postgresImage, settings);
  return { url: server.url.replace(/\/postgres$/, '/app'), origin: described(server), server };
}

/** REDIS_URL, else a program on the PATH or from Debian's packages, else Docker. */
export async function findRedisServer(directory: string, lastUrl?: string): Promise<Found> {
  const { REDIS_URL } = process.env;
  if (REDIS_URL) {
    await requireRedis(REDIS_URL);
    return { url: REDIS_URL, origin: `REDIS_URL, ${new URL(REDIS_URL).host}`, server: null };
  }
  const settings = settingsFor('redis', directory, lastUrl);
  const program = await findRedis(redisProgramDirectory());
  if (!program && !hasDockerEngine()) {
    throw new Problem(`No Redis: ${HOW_TO_GET_REDIS}, or set REDIS_URL, or start Docker; then: npm start`);
  }
  const server = program ? await startRedis(program, settings) : await startContainer(redisImage, settings);
  return { url: server.url, origin: described(server), server };
}

/** Not `URL.host`: a socket is named in a parameter. */
const placeOf = (url: string): string => `${postgresAddress(url).host}:${postgresAddress(url).port}`;

const described = ({ origin, url }: Server): string => `${origin}, port ${new URL(url).port}`;

function settingsFor(name: string, directory: string, lastUrl?: string): ServerSettings {
  const last = lastUrl === undefined ? {} : { preferredPort: Number(new URL(lastUrl).port) };
  return { directory: join(directory, name), logFile: join(directory, `${name}.log`), durable: true, ...last };
}
