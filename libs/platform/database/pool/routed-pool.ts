import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import { OpenTransaction } from '../transactions/open-transaction.js';
import type { NamedStatement } from '../wire/named-statement.js';
import { type Send, sendBy } from '../wire/send.js';
import type { ConnectionOptions } from './connection.js';
import { FairQueue } from './fair-queue.js';
import { currentWorkload, type Workload } from './workload.js';

/** Who has to give back the place of a connection. */
const HOLDER = Symbol('holder');
type HeldClient = pg.PoolClient & { [HOLDER]?: Workload };

type Taken = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * One pool for Prisma and plain SQL. Inside `transaction` every query, of Prisma or of plain SQL, goes to that transaction's
 * connection, because the connection travels with the async context: there is no second handle to pick by mistake.
 */
export class RoutedPool extends pg.Pool {
  readonly schema: string;
  /** How statements get to Postgres. */
  readonly send: Send;
  private readonly active = new AsyncLocalStorage<OpenTransaction>();
  private readonly elsewhere = new AsyncLocalStorage<RoutedPool>();

  private readonly queue: FairQueue;

  constructor(options: ConnectionOptions) {
    super(options);
    this.schema = options.schema;
    this.send = sendBy[options.wire];
    this.queue = new FairQueue(this.options.max, options.connectionTimeoutMillis);
    this.on('release', (_error, client) => this.giveBack(client));
  }

  get inTransaction(): boolean {
    return this.active.getStore() !== undefined;
  }

  /** What `read` asks for goes to that pool, unless it is asked for in a transaction. */
  readFrom<T>(pool: RoutedPool, read: () => Promise<T>): Promise<T> {
    // Awaited inside, as in `transaction`.
    return this.elsewhere.run(pool, async () => await read());
  }

  /** In the transaction, if there is one; else on any connection. The statement is told how it ended. */
  run(statement: NamedStatement): void {
    const transaction = this.active.getStore();
    const pool = this.elsewhere.getStore();
    if (transaction) transaction.run(statement);
    else if (pool) pool.run(statement);
    // The pool's own `query`: the one below would look for a transaction again.
    else this.send({ query: (...args: unknown[]) => Reflect.apply(super.query, this, args) }, [statement]);
  }

  /** What `ask` asks for before it first waits goes together, in this order. @throws outside of a transaction */
  inOrder<T>(ask: () => T): T {
    const transaction = this.active.getStore();
    if (!transaction)
      throw new Error('Only a transaction has an order: outside of one, statements go to any connection.');
    return transaction.inOrder(ask);
  }

  /** Inside of a transaction only. */
  runAtCommit(statement: NamedStatement): void {
    this.active.getStore()?.runAtCommit(statement);
  }

  // Prisma's driver adapter calls `query` and `connect`. pg overloads each of them; the arguments are passed on untouched.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  override query(...args: any[]): any {
    const route = this.active.getStore() ?? this.elsewhere.getStore();
    return route ? route.query(...args) : Reflect.apply(super.query, this, args);
  }

  /** Prisma asks for a connection to open a transaction of its own, for nested writes: inside ours it gets a savepoint. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  override connect(...args: any[]): any {
    const transaction = this.active.getStore();
    if (transaction && args.length === 0) return Promise.resolve(transaction.savepoint());
    const pool = transaction ? undefined : this.elsewhere.getStore();
    if (pool) return pool.connect(...args);

    const [callback] = args;
    // A waiting request is called back by the one that returns a connection, so in the context (transaction, trace) of another request.
    return typeof callback === 'function' ? this.take(inThisContext(callback)) : this.takeOne();
  }

  /** Always a new one: it is `Database.transaction` that joins an outer one. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const transaction = new OpenTransaction(await this.takeOne(), this.send);
    let result: T;
    try {
      // Awaited inside: a Prisma query starts where it is awaited, and out here it would miss the transaction.
      result = await this.active.run(transaction, async () => await work());
      await transaction.commit();
    } catch (error) {
      await transaction.rollBack(error);
      throw error;
    }
    transaction.end();
    return result;
  }

  private takeOne(): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) =>
      this.take((error, client) =>
        client ? resolve(client) : reject(error ?? new Error('The pool gave no connection.')),
      ),
    );
  }

  private take(callback: Taken): void {
    const holder = currentWorkload();
    if (this.queue.tryEnter(holder)) return this.connectFor(holder, callback);
    this.queue.wait(holder, (refusal) =>
      refusal ? callback(refusal, undefined, () => undefined) : this.connectFor(holder, callback),
    );
  }

  private connectFor(holder: Workload, callback: Taken): void {
    super.connect((error: Error | undefined, client: HeldClient | undefined, release) => {
      if (client) client[HOLDER] = holder;
      else this.queue.leave(holder);
      callback(error, client, release);
    });
  }

  private giveBack(client: HeldClient): void {
    const holder = client[HOLDER];
    client[HOLDER] = undefined;
    if (holder !== undefined) this.queue.leave(holder);
  }

  /** Not one of the pool's: the caller connects and ends it. */
  unpooledClient(): pg.Client {
    const client = new (this.options.Client ?? pg.Client)(this.options) as pg.Client;
    // Without a listener a connection that breaks would end the process; its next query fails and tells.
    client.on('error', () => undefined);
    return client;
  }

  afterCommit(callback: () => void): void {
    const transaction = this.active.getStore();
    if (transaction) transaction.afterCommit(callback);
    else callback();
  }
}

/** Not `AsyncLocalStorage.bind`: what it returns outlives two collections of the young generation, and with it the whole request. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function inThisContext(callback: (...args: any[]) => void): (...args: any[]) => void {
  const context = new AsyncResource('WAITS_FOR_CONNECTION');
  return (...args) => context.runInAsyncScope(callback, null, ...args);
}
