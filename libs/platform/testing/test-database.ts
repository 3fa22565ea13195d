import { loadEnv } from '../config/load-env.js';
import { Database } from '../database/database.js';
import { connectionOptions } from '../database/pool/connection.js';
import { RoutedPool } from '../database/pool/routed-pool.js';
import { aValidEnv } from './env.factory.js';
import { workerServers } from './servers/worker-servers.js';

/** The database of this test worker. Close it with `onApplicationShutdown` when the file is done. */
export function testDatabase(): Database {
  const env = loadEnv(aValidEnv(workerServers()));
  return new Database(new RoutedPool(connectionOptions(env, 'test')));
}
