import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import type { Transaction } from '../kernel/transaction.js';
import { type DatabaseClient, prismaClient } from './prisma-client.js';
import { retryTransient } from './retry.js';
import { RoutedPool } from './routed-pool.js';

/** A statement of our own. Postgres parses and plans it once per connection, under this name. */
export type Statement = Readonly<{ name: string; text: string }>;

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
  async query<Row extends QueryResultRow>({ name, text }: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query({ name, text, values });
    return rows;
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

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
