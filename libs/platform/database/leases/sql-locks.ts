import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type Lease, LockHeld, type LockOptions, Locks } from '../../kernel/locks.js';
import { Database } from '../database.js';
import { inWorkload } from '../pool/workload.js';
import { HeldLease } from './held-lease.js';
import { TAKE } from './lease-statements.js';

const KEY = /^[\x21-\x7e]{1,200}$/;
/** Shorter ones would be lost to an ordinary pause of a process, longer ones keep others from going on after a death. */
const [SHORTEST_SECONDS, LONGEST_SECONDS] = [0.5, 600];
const ASK_AGAIN_MS = 200;

/** Who holds a lock, for people who look into the table. */
const HOLDER = `${hostname()}/${process.pid}`;

/** Leases are rows: what holds after a crash of Redis, behind a pooler, and in the same transaction as what they protect. */
@Injectable()
export class SqlLocks implements Locks {
  private readonly logger = new Logger('Locks');

  constructor(private readonly database: Database) {}

  async run<T>(
    key: string,
    work: (lease: Lease) => Promise<T>,
    { leaseSeconds = 15, waitSeconds = 0 }: LockOptions = {},
  ): Promise<T> {
    if (!KEY.test(key))
      throw new Error(`A lock is named by 1 to 200 visible characters of ASCII, not by ${JSON.stringify(key)}.`);
    if (!(leaseSeconds >= SHORTEST_SECONDS && leaseSeconds <= LONGEST_SECONDS))
      throw new Error(`A lease takes ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} seconds, not ${leaseSeconds}.`);
    if (this.database.inTransaction) throw new Error('A lock is taken before the transaction, not inside of it.');

    const lease = await inWorkload('locks', () => this.take(key, leaseSeconds * 1_000, waitSeconds * 1_000));
    try {
      const result = await work(lease);
      lease.throwIfLost();
      return result;
    } finally {
      await lease.release().catch((error: Error) => {
        this.logger.warn(`The lock ${key} was not released, and ends within ${leaseSeconds} s: ${error.message}`);
      });
    }
  }

  private async take(key: string, leaseMs: number, waitMs: number): Promise<HeldLease> {
    const giveUpAt = performance.now() + waitMs;
    for (;;) {
      const askedAt = performance.now();
      const [taken] = await this.database.query<{ token: number }>(TAKE, [key, HOLDER, leaseMs]);
      if (taken) return new HeldLease(this.database, { key, token: taken.token, leaseMs, askedAt });
      if (performance.now() >= giveUpAt) throw new LockHeld();
      // At random, so that those who wait do not come together.
      await delay(ASK_AGAIN_MS * (0.5 + Math.random()));
    }
  }
}
