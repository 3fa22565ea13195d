import { Global, Logger, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Locks } from '../kernel/locks.js';
import { Transaction } from '../kernel/transaction.js';
import { traceQueries } from '../telemetry/trace-queries.js';
import { Database } from './database.js';
import { DatabaseHealth } from './health/database-health.js';
import { PoolerCheck } from './health/pooler-check.js';
import { SqlLocks } from './leases/sql-locks.js';
import { connectionOptions } from './pool/connection.js';
import { RoutedPool } from './pool/routed-pool.js';

function openPool(config: Config): RoutedPool {
  const pool = new RoutedPool(connectionOptions(config, config.OTEL_SERVICE_NAME));
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => new Logger('Database').warn(`An idle connection was lost: ${error.message}`));
  // So is one that breaks while a transaction holds it: the transaction's next query reports it.
  pool.on('connect', (connection) => void connection.on('error', () => undefined));
  pool.on('connect', traceQueries());
  return pool;
}

@Global()
@Module({
  providers: [
    { provide: RoutedPool, inject: [Config], useFactory: openPool },
    Database,
    DatabaseHealth,
    PoolerCheck,
    { provide: Transaction, useExisting: Database },
    { provide: Locks, useClass: SqlLocks },
  ],
  exports: [Database, DatabaseHealth, Transaction, Locks],
})
export class DatabaseModule {}
