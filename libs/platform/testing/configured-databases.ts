import { afterAll } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { Database } from '../database/database.js';
import { connectionOptions } from '../database/pool/connection.js';
import { RoutedPool } from '../database/pool/routed-pool.js';
import { aValidEnv } from './env.factory.js';

/** A process with settings of its own, on the Postgres of this test's worker, for each call. They end with the spec file. */
export function configuredDatabases() {
  const open: Database[] = [];
  afterAll(() => Promise.all(open.map((database) => database.onApplicationShutdown())));

  return (overrides: Readonly<Record<string, string>>) => {
    const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL, ...overrides }));
    const pool = new RoutedPool(connectionOptions(env, 'configured-databases'));
    const database = new Database(pool);
    open.push(database);
    return { database, pool };
  };
}
