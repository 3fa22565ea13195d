import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { QueryResultRow, Submittable } from 'pg';
import { atEndOfTurn } from '../kernel/end-of-turn.js';
import type { Transaction } from '../kernel/transaction.js';
import { NamedStatement, type Statement } from './named-statement.js';
import { type DatabaseClient, prismaClient } from './prisma-client.js';
import { retryTransient } from './retry.js';
import { RoutedPool } from './routed-pool.js';

export type { Statement };

/** Rows that arrived in one turn of the event loop are handed out together: whoever waits for them goes on side by side. */
const handOut = atEndOfTurn((answer: () => void) => answer());

/** The only way to reach Postgres. Inside `transaction`, both `client` and `query` are that transaction. */
@Injectable()
export class Database implements Transaction, OnApplicationShutdown {
  /** Prisma: the default for most code. */
  readonly client: DatabaseClient;

  constructor(@Inject(RoutedPool) private readonly pool: RoutedPool) {
    this.client = prismaClient(pool);
  }

  get inTransaction(): boolean {
    return this.pool.inTransaction;
  }

  /** Plain SQL, for hot reads and for what Prisma cannot say: it costs a third to a fifth of Prisma's CPU. */
  async query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const query = new NamedStatement<Row>(statement, values);
    try {
      await this.answered(query);
    } catch (error) {
      // What it had leads to a socket of the driver; this one leads to whoever asked.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
    return query.rows;
  }

  /**
   * Nested calls join the outermost transaction. Serialization failures and deadlocks run `work` again,
   * so it must have no effect outside the database; `afterCommit` is the place for those.
   */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.inTransaction ? work() : retryTransient(() => this.pool.transaction(work));
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  /** Calls back once the transaction has committed, never if it rolls back; at once outside of one. Must not throw. */
  afterCommit(callback: () => void): void {
    this.pool.afterCommit(callback);
  }

  private answered(query: Submittable): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pool.query(query, undefined, (error: Error | null) => handOut(() => (error ? reject(error) : resolve())));
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
