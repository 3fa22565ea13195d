import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Database, type Statement } from '../database/database.js';
import { WaitingJobs } from '../jobs/waiting-jobs.js';
import { REDIS } from '../redis/redis.js';
import { Migrations } from './migrations.js';
import { Probe } from './probe.js';

const PING: Statement = { name: 'health.ping', text: 'SELECT' };
/** Below the second that orchestrators give a probe by default. */
const TIMEOUT_MS = 800;

/** One question to each thing this process depends on. */
@Injectable()
export class Probes {
  readonly database: Probe;
  readonly redis: Probe;
  readonly queue: Probe;
  readonly migrations: Probe;

  constructor(database: Database, @Inject(REDIS) redis: Redis, waitingJobs: WaitingJobs, migrations: Migrations) {
    this.database = new Probe(async () => void (await database.query(PING)), TIMEOUT_MS);
    this.redis = new Probe(async () => void (await redis.ping()), TIMEOUT_MS);
    this.queue = new Probe(async () => ({ waiting: await waitingJobs.count() }), TIMEOUT_MS);
    this.migrations = new Probe(() => countPending(migrations), TIMEOUT_MS);
  }
}

async function countPending(migrations: Migrations) {
  const pending = await migrations.pending();
  return pending.length === 0 ? { pending: 0 } : { status: 'down' as const, pending: pending.length };
}
