import type { Transaction } from '#platform/kernel/transaction.js';

/** For fakes in memory, which roll nothing back: a failure is passed on. */
export const inMemoryTransaction: Transaction = { run: (work) => work() };
