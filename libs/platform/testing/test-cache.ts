import { CacheCounts } from '../cache/cache-counts.js';
import { Changes } from '../cache/changes/changes.js';
import { KnownChanges } from '../cache/changes/known-changes.js';
import { Layers } from '../cache/entries/layers.js';
import { SharedEntries } from '../cache/entries/shared-entries.js';
import { LayeredCache } from '../cache/layered-cache.js';
import { loadEnv } from '../config/load-env.js';
import type { Database } from '../database/database.js';
import { Broadcasts } from '../redis/broadcasts.js';
import { RedisConnections } from '../redis/connection/redis-connections.js';
import { aValidEnv } from './env.factory.js';
import { type WorkerServers, workerServers } from './servers/worker-servers.js';

/** The cache as a process of its own has it, on the Redis of this test worker unless told otherwise. Close it when the file is done. */
export async function testCache(database: Database, servers: WorkerServers = workerServers()) {
  const connections = new RedisConnections(loadEnv(aValidEnv({ ...servers, REDIS_TIMEOUT: '500' })));
  const redis = connections.commands();
  await redis.connect().catch(() => undefined);

  const layers = new Layers();
  const known = new KnownChanges();
  const counts = new CacheCounts(layers);
  const changes = new Changes(database, new Broadcasts(connections, redis), known);
  const cache = new LayeredCache(database, layers, new SharedEntries(redis), changes, known, counts);
  await changes.onModuleInit();
  const close = async () => {
    await changes.onModuleDestroy();
    connections.close();
  };
  return { cache, counts, redis, layers, known, close };
}
