import type { Transaction } from '#platform/kernel/transaction.js';

/** Just does the work: in memory there is nothing to take back. */
export class ImmediateTransaction implements Transaction {
  run<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}
