import type pg from 'pg';
import { failureCodes } from '../failures/failure-codes.js';
import { NamedStatement, type Statement } from '../wire/named-statement.js';
import type { Send } from '../wire/send.js';
import { savepointConnection } from './savepoint-connection.js';

const BEGIN: Statement = { name: 'BEGIN', text: 'BEGIN' };
const COMMIT: Statement = { name: 'COMMIT', text: 'COMMIT' };
/** Takes Postgres no time. Where it waits, it waits behind a statement that nobody answers. */
const ROLLBACK = { text: 'ROLLBACK', query_timeout: 1_000 };
/** What a primary answers that has become a standby (PostgreSQL, appendix A): a new connection may lead to the new primary. */
const READ_ONLY = '25006';

class TransactionIsOver extends Error {
  override readonly name = 'TransactionIsOver';
  override readonly message =
    'The transaction has ended before this was asked for. Await everything that a transaction does inside of it.';
}

/**
 * A transaction and its connection, in few round trips (docs/decisions/012): BEGIN waits for the first statement and goes with it,
 * statements of one `inOrder` go together, and writes that nobody reads before the commit go with COMMIT. One that asks for
 * nothing sends nothing.
 */
export class OpenTransaction {
  /** Undefined until something is sent; from then on it settles with the answer to BEGIN. */
  private begun: Promise<unknown> | undefined;
  /** What the running `inOrder` has asked for so far. */
  private asked: NamedStatement[] | undefined;
  private readonly writesAtCommit: NamedStatement[] = [];
  private readonly afterCommitCallbacks: (() => void)[] = [];
  private savepoints = 0;
  /** From then on the connection is somebody else's. */
  private isOver = false;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly send: Send,
  ) {}

  /** Fails what is asked for after the end, by work that nobody waited for. */
  run(statement: NamedStatement): void {
    if (this.isOver) statement.settle(new TransactionIsOver());
    else if (this.asked) this.asked.push(statement);
    else this.sendTogether([statement]);
  }

  /** Whatever `ask` asks for before it first waits goes in one message. */
  inOrder<T>(ask: () => T): T {
    if (this.asked) return ask();

    const asked: NamedStatement[] = [];
    this.asked = asked;
    try {
      return ask();
    } finally {
      this.asked = undefined;
      if (asked.length > 0) this.sendTogether(asked);
    }
  }

  /** @throws TransactionIsOver */
  runAtCommit(statement: NamedStatement): void {
    if (this.isOver) throw new TransactionIsOver();
    this.writesAtCommit.push(statement);
  }

  /** @throws TransactionIsOver */
  afterCommit(callback: () => void): void {
    if (this.isOver) throw new TransactionIsOver();
    this.afterCommitCallbacks.push(callback);
  }

  /** What pg's own `query` takes and promises: Prisma's way to ask. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async query(...args: any[]): Promise<unknown> {
    if (this.isOver) throw new TransactionIsOver();
    await (this.begun ??= this.client.query(BEGIN.text));
    return Reflect.apply(this.client.query, this.client, args);
  }

  /** What Prisma is given when it asks the pool for a connection. */
  savepoint() {
    return savepointConnection(`nested_${++this.savepoints}`, (...args) => this.query(...args));
  }

  /**
   * @throws what a write that was left for the commit failed with. Also when an earlier statement failed and `work` went on as if it
   * had not: Postgres then answers COMMIT with ROLLBACK, which is no error to Postgres, and the writes are lost.
   */
  async commit(): Promise<void> {
    this.isOver = true;
    if (this.begun === undefined && this.writesAtCommit.length === 0) return;

    await this.begun;
    const { commandTag } = await this.answerTo(COMMIT, (commit) => this.sendNow([...this.writesAtCommit, commit]));
    if (commandTag !== COMMIT.text)
      throw new Error('The transaction was rolled back, because one of its statements had failed.');
  }

  /** After the commit. The connection is free before anybody is called back. */
  end(): void {
    this.client.release();
    for (const callback of this.afterCommitCallbacks) callback();
  }

  /** A connection that cannot even roll back is closed: whatever state it is in must not reach the next user. */
  async rollBack(reason: unknown): Promise<void> {
    this.isOver = true;
    try {
      // That statement may still be running. ROLLBACK would wait behind it, and for as long again, so the connection is closed.
      if (reason instanceof Error && reason.message === 'Query read timeout') throw reason;
      if (this.begun !== undefined) await this.client.query(ROLLBACK);
      if (failureCodes(reason).includes(READ_ONLY)) throw reason;
      this.client.release();
    } catch (error) {
      this.client.release(error instanceof Error ? error : true);
    }
  }

  private sendTogether(statements: readonly NamedStatement[]): void {
    const refuse = (error: Error) => statements.forEach(({ settle }) => settle(error));
    // They wait for the answer to BEGIN: after one that failed, they would run outside of any transaction.
    if (this.begun) this.begun.then(() => this.sendNow(statements), refuse);
    else this.sendNow(statements);
  }

  /** With BEGIN in front, if this is the first message: should that fail, Postgres skips all that came with it. */
  private sendNow(statements: readonly NamedStatement[]): void {
    if (this.begun) return this.send(this.client, statements);

    this.begun = this.answerTo(BEGIN, (begin) => this.send(this.client, [begin, ...statements]));
    // Nobody may be waiting for `begun` itself. No failure gets lost: the statements are told of the same one.
    this.begun.catch(() => undefined);
  }

  private answerTo(statement: Statement, send: (statement: NamedStatement) => void): Promise<NamedStatement> {
    return new Promise((resolve, reject) => {
      const sent: NamedStatement = new NamedStatement(statement, [], (error) =>
        error ? reject(error) : resolve(sent),
      );
      send(sent);
    });
  }
}
