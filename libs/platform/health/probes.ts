import { Injectable } from '@nestjs/common';
import { DatabaseHealth } from '../database/health/database-health.js';
import { databaseProblemOf } from '../database/health/database-problem.js';
import { QueueState } from '../jobs/queue/queue-state.js';
import { RedisHealth } from '../redis/redis-health.js';
import { Migrations } from './migrations.js';
import { Probe } from './probe.js';

/** Below the second that orchestrators give a probe by default. */
const TIMEOUT_MS = 800;

/** One question to each thing this process depends on. */
@Injectable()
export class Probes {
  readonly database: Probe;
  readonly redis: Probe;
  readonly queue: Probe;
  readonly migrations: Probe;

  constructor(database: DatabaseHealth, redisHealth: RedisHealth, queueState: QueueState, migrations: Migrations) {
    this.database = new Probe(() => database.check(), TIMEOUT_MS, databaseProblemOf);
    this.redis = new Probe(
      () => redisHealth.check(),
      TIMEOUT_MS,
      (error) => redisHealth.problemOf(error),
    );
    this.queue = new Probe(async () => ({ waiting: await queueState.countOpen() }), TIMEOUT_MS);
    this.migrations = new Probe(() => countPending(migrations), TIMEOUT_MS);
  }
}

async function countPending(migrations: Migrations) {
  const pending = await migrations.pending();
  return pending.length === 0
    ? { pending: 0 }
    : { status: 'down' as const, code: 'MIGRATIONS_PENDING', pending: pending.length };
}
