import { Global, Logger, Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Config } from '../config/config.js';
import { Locks } from '../kernel/locks.js';
import { Transaction } from '../kernel/transaction.js';
import { REDIS } from '../redis/redis.js';
import { traceQueries } from '../telemetry/trace-queries.js';
import { Database } from './database.js';
import { DatabaseHealth } from './health/database-health.js';
import { PoolerCheck } from './health/pooler-check.js';
import { SqlLocks } from './leases/sql-locks.js';
import { connectionOptions } from './pool/connection.js';
import { RoutedPool } from './pool/routed-pool.js';
import { OwnWrites } from './replicas/own-writes.js';
import { Replica } from './replicas/replica.js';
import { Replicas } from './replicas/replicas.js';

function openPool(config: Config, url = config.DATABASE_URL): RoutedPool {
  const pool = new RoutedPool(connectionOptions(config, config.OTEL_SERVICE_NAME, url));
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => new Logger('Database').warn(`An idle connection was lost: ${error.message}`));
  // So is one that breaks while a transaction holds it: the transaction's next query reports it.
  pool.on('connect', (connection) => void connection.on('error', () => undefined));
  pool.on('connect', traceQueries());
  return pool;
}

function findReplicas(config: Config, primary: RoutedPool, ownWrites: OwnWrites): Replicas {
  const { DATABASE_REPLICA_URL: urls, DATABASE_REPLICA_MAX_LAG: maxLagMs } = config;
  const replicas = urls.map((url) => new Replica(openPool(config, url), maxLagMs));
  return new Replicas({ primary, replicas, ownWrites, maxLagMs });
}

@Global()
@Module({
  providers: [
    { provide: RoutedPool, inject: [Config], useFactory: (config: Config) => openPool(config) },
    {
      provide: OwnWrites,
      inject: [REDIS, Config],
      useFactory: (redis: Redis, { DATABASE_REPLICA_MAX_LAG }: Config) =>
        new OwnWrites(redis, DATABASE_REPLICA_MAX_LAG),
    },
    { provide: Replicas, inject: [Config, RoutedPool, OwnWrites], useFactory: findReplicas },
    Database,
    DatabaseHealth,
    PoolerCheck,
    { provide: Transaction, useExisting: Database },
    { provide: Locks, useClass: SqlLocks },
  ],
  exports: [Database, DatabaseHealth, Locks, OwnWrites, Transaction],
})
export class DatabaseModule {}
