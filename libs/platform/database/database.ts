import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { atEndOfTurn } from '../kernel/end-of-turn.js';
import type { Transaction } from '../kernel/transaction.js';
import { RoutedPool } from './pool/routed-pool.js';
import { type DatabaseClient, prismaClient } from './prisma-client.js';
import { Replicas } from './replicas/replicas.js';
import { retryTransient } from './transactions/retry.js';
import { NamedStatement, type Statement } from './wire/named-statement.js';

export type { Statement };

/** Answers that arrive in one turn of the event loop are handed out together, at its end (docs/decisions/013). */
const handOut = atEndOfTurn((answer: () => void) => answer());

/** The only way to reach Postgres. Inside `transaction`, both `client` and `query` are that transaction. */
@Injectable()
export class Database implements Transaction, OnApplicationShutdown {
  /** Prisma: the default for most code. */
  readonly client: DatabaseClient;

  constructor(
    @Inject(RoutedPool) private readonly pool: RoutedPool,
    @Optional() @Inject(Replicas) private readonly replicas?: Replicas,
  ) {
    this.client = prismaClient(pool);
  }

  get inTransaction(): boolean {
    return this.pool.inTransaction;
  }

  /** Plain SQL, for hot reads and for what Prisma cannot say: it costs a third to a fifth of Prisma's CPU. */
  async query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return await this.rowsOf<Row>(statement, values);
    } catch (error) {
      // Its stack ends at the driver's socket; one that is taken here leads to the code that asked.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }

  /**
   * Asks in this order, and answers as `Promise.all` does. Plain SQL that is asked for before anybody waits goes to Postgres in one message:
   * one round trip for all of it, and the first statement that fails is the last. @throws outside of a transaction
   */
  inOrder<T extends readonly unknown[]>(...asks: { readonly [K in keyof T]: () => Promise<T[K]> }): Promise<T> {
    return this.pool.inOrder(() => Promise.all(asks.map((ask) => ask()))) as unknown as Promise<T>;
  }

  /**
   * For rows that nobody reads before the commit: sent together with it, so they cost no round trip of their own,
   * and a failure is the transaction's. Outside of a transaction it is a query like any other.
   */
  async writeAtCommit(statement: Statement, values: readonly unknown[]): Promise<void> {
    if (this.inTransaction) this.pool.runAtCommit(new NamedStatement(statement, values));
    else await this.query(statement, values);
  }

  /**
   * Nested calls join the outermost transaction. Serialization failures and deadlocks run `work` again,
   * so it must have no effect outside the database; `afterCommit` is the place for those.
   */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.inTransaction ? work() : retryTransient(() => this.pool.transaction(work));
  }

  /**
   * A read whose answer may be a few seconds old: a standby takes it off the primary where DATABASE_REPLICA_URL names one. Who has just
   * written reads what they wrote, and a transaction reads in itself. `read` may run twice, so it only reads.
   */
  stale<T>(read: () => Promise<T>): Promise<T> {
    return this.inTransaction || !this.replicas ? read() : this.replicas.read(read);
  }

  /** The port of use cases, which hold a `Transaction` and nothing else of the database: there it reads `transaction.run(…)`. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  /** Calls back once the transaction has committed, never if it rolls back; at once outside of one. Must not throw. */
  afterCommit(callback: () => void): void {
    this.pool.afterCommit(callback);
  }

  private rowsOf<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null) => (error ? reject(error) : resolve(query.rows));
      const query = new NamedStatement<Row>(statement, values, (error) => handOut(() => answer(error)));
      this.pool.run(query);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
