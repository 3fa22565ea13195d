import { setTimeout as delay } from 'node:timers/promises';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { SqlLocks } from '#platform/database/leases/sql-locks.js';
import { connectionOptions } from '#platform/database/pool/connection.js';
import { RoutedPool } from '#platform/database/pool/routed-pool.js';

/** A process that holds the lock KEY for as long as it can, and says so: `held <token>`, then `works` again and again, at last why it ended. */
const database = new Database(new RoutedPool(connectionOptions(loadEnv(process.env), 'lock-holder')));
const locks = new SqlLocks(database);
const { KEY = '', LEASE_SECONDS } = process.env;

await locks
  .run(
    KEY,
    async (lease) => {
      process.stdout.write(`held ${lease.token}\n`);
      for (;;) {
        await delay(10);
        lease.throwIfLost();
        process.stdout.write('works\n');
      }
    },
    { leaseSeconds: Number(LEASE_SECONDS) },
  )
  .catch((error: Error) => process.stdout.write(`ended ${error.name}\n`));
await database.onApplicationShutdown();
