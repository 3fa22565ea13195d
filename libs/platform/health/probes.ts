import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { databaseProblemOf } from '../database/database-problem.js';
import { QueueState } from '../jobs/queue-state.js';
import { RedisHealth } from '../redis/redis-health.js';
import { Migrations } from './migrations.js';
import { Probe } from './probe.js';

/** A standby answers everything but writes. */
const PING: Statement = { name: 'health.ping', text: `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"` };
/** Below the second that orchestrators give a probe by default. */
const TIMEOUT_MS = 800;

/** One question to each thing this process depends on. */
@Injectable()
export class Probes {
  readonly database: Probe;
  readonly redis: Probe;
  readonly queue: Probe;
  readonly migrations: Probe;

  constructor(database: Database, redisHealth: RedisHealth, queueState: QueueState, migrations: Migrations) {
    this.database = new Probe(() => ping(database), TIMEOUT_MS, databaseProblemOf);
    this.redis = new Probe(() => redisHealth.check(), TIMEOUT_MS, (error) => redisHealth.problemOf(error));
    this.queue = new Probe(async () => ({ open: await queueState.countOpen() }), TIMEOUT_MS);
    this.migrations = new Probe(() => countPending(migrations), TIMEOUT_MS);
  }
}

async function ping(database: Database) {
  const [row] = await database.query<{ isReadOnly: boolean }>(PING);
  return row?.isReadOnly ? { status: 'down' as const, code: 'DATABASE_READ_ONLY' } : {};
}

async function countPending(migrations: Migrations) {
  const pending = await migrations.pending();
  return pending.length === 0 ? { pending: 0 } : { status: 'down' as const, code: 'MIGRATIONS_PENDING', pending: pending.length };
}
