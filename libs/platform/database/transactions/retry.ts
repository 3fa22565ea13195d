import { setTimeout as sleep } from 'node:timers/promises';
import { failureCodes } from '../failures/failure-codes.js';

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 10;

/** serialization_failure and deadlock_detected (PostgreSQL, appendix A): the same work succeeds when it is run again. */
const TRANSIENT = new Set<unknown>(['40001', '40P01', 'P2034', 'TransactionWriteConflict']);

/** Runs `work` again after a transient conflict, with full jitter so that those who collided do not meet again. */
export async function retryTransient<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await sleep(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
    }
  }
}

/** P2034 and TransactionWriteConflict are Prisma's names for both. */
const isTransient = (error: unknown): boolean => failureCodes(error).some((code) => TRANSIENT.has(code));
