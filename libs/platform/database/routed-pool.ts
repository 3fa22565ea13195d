import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import pg from 'pg';

type Transaction = { client: pg.PoolClient; savepoints: number; afterCommit: (() => void)[] };

/**
 * One pool for Prisma and plain SQL. Inside `transaction` every query, whoever makes it, goes to that transaction's
 * connection, because the connection travels with the async context: there is no second handle to pick by mistake.
 */
export class RoutedPool extends pg.Pool {
  private readonly active = new AsyncLocalStorage<Transaction>();

  get inTransaction(): boolean {
    return this.active.getStore() !== undefined;
  }

  // pg overloads both methods eight times over; the arguments are passed on untouched.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  override query(...args: any[]): any {
    const { client } = this.active.getStore() ?? {};
    return client ? Reflect.apply(client.query, client, args) : Reflect.apply(super.query, this, args);
  }

  /** Prisma asks for a connection to open a transaction of its own, for nested writes: inside ours it gets a savepoint. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  override connect(...args: any[]): any {
    const transaction = this.active.getStore();
    if (transaction && args.length === 0) return Promise.resolve(savepoint(transaction));

    // Whoever waits for a connection is called by the one who gives it back: the context, with its trace, must be its own.
    const [callback] = args;
    return Reflect.apply(super.connect, this, typeof callback === 'function' ? [inThisContext(callback)] : args);
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.inTransaction) return work();

    const client: pg.PoolClient = await super.connect();
    const transaction: Transaction = { client, savepoints: 0, afterCommit: [] };
    let result: T;
    try {
      await client.query('BEGIN');
      // Awaited inside: a Prisma query starts where it is awaited, and out here it would miss the transaction.
      result = await this.active.run(transaction, async () => await work());
      await client.query('COMMIT');
    } catch (error) {
      await rollBack(client, error);
      throw error;
    }
    client.release();
    for (const callback of transaction.afterCommit) callback();
    return result;
  }

  afterCommit(callback: () => void): void {
    const transaction = this.active.getStore();
    if (transaction) transaction.afterCommit.push(callback);
    else callback();
  }
}

/** Not `AsyncLocalStorage.bind`: what it returns outlives two collections of the young generation, and with it the whole request. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function inThisContext(callback: (...args: any[]) => void): (...args: any[]) => void {
  const context = new AsyncResource('WAITS_FOR_CONNECTION');
  return (...args) => context.runInAsyncScope(callback, null, ...args);
}

/** A connection that cannot even roll back is closed: whatever state it is in must not reach the next user. */
async function rollBack(client: pg.PoolClient, reason: unknown): Promise<void> {
  try {
    // It would wait behind the statement that got no answer, and as long again.
    if (reason instanceof Error && reason.message === 'Query read timeout') throw reason;
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

function savepoint(transaction: Transaction) {
  const { client } = transaction;
  const name = `nested_${++transaction.savepoints}`;
  const translated: Readonly<Record<string, string>> = {
    BEGIN: `SAVEPOINT ${name}`,
    COMMIT: `RELEASE SAVEPOINT ${name}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${name}`,
  };
  const connection = {
    on: () => connection,
    removeListener: () => connection,
    release: () => undefined,
    query: (query: string | { text: string }, ...rest: unknown[]) => {
      const text = typeof query === 'string' ? query : query.text;
      return Reflect.apply(client.query, client, [translated[text] ?? query, ...rest]);
    },
  };
  return connection;
}
