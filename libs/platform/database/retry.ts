import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 10;

/** serialization_failure and deadlock_detected (PostgreSQL, appendix A): the same work succeeds when it is run again. */
const TRANSIENT_SQLSTATES = new Set(['40001', '40P01']);

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

type DriverError = { code?: unknown; cause?: { kind?: unknown; originalCode?: unknown }; meta?: { driverAdapterError?: unknown } };

/** A conflict arrives as pg's own error, as Prisma's P2034, or as the driver adapter's error, bare or in `meta`. */
function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;

  const { code, cause, meta } = error as DriverError;
  return (
    TRANSIENT_SQLSTATES.has(String(code)) ||
    code === 'P2034' ||
    cause?.kind === 'TransactionWriteConflict' ||
    TRANSIENT_SQLSTATES.has(String(cause?.originalCode)) ||
    (meta !== undefined && isTransient(meta.driverAdapterError))
  );
}
