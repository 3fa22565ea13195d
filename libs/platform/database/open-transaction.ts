import type pg from 'pg';
import { NamedStatement, type Statement } from './named-statement.js';
import { sendBatch } from './statement-batch.js';

const BEGIN: Statement = { name: 'BEGIN', text: 'BEGIN' };
const COMMIT: Statement = { name: 'COMMIT', text: 'COMMIT' };

/**
 * A transaction and its connection, in few round trips: BEGIN goes with the first statements, what was asked for at the same moment
 * goes together, and what nobody waits for goes with COMMIT. One that asks for nothing costs nothing.
 */
export class OpenTransaction {
  /** Settles with the answer to BEGIN. */
  private begun: Promise<unknown> | undefined;
  private waiting: NamedStatement[] = [];
  private readonly atCommit: NamedStatement[] = [];
  private readonly afterwards: (() => void)[] = [];
  private savepoints = 0;

  constructor(private readonly client: pg.PoolClient) {}

  run(statement: NamedStatement): void {
    if (this.waiting.push(statement) === 1) queueMicrotask(() => this.sendWaiting());
  }

  runAtCommit(statement: NamedStatement): void {
    this.atCommit.push(statement);
  }

  afterCommit(callback: () => void): void {
    this.afterwards.push(callback);
  }

  /** What pg's own `query` takes and promises: Prisma's way to ask. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async query(...args: any[]): Promise<unknown> {
    await (this.begun ??= this.client.query(BEGIN.text));
    return Reflect.apply(this.client.query, this.client, args);
  }

  /** What Prisma takes for a connection of its own, to open a transaction for nested writes. */
  savepoint() {
    const name = `nested_${++this.savepoints}`;
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
        return this.query(translated[text] ?? query, ...rest);
      },
    };
    return connection;
  }

  /** @throws also when a statement had failed and nobody passed that on: Postgres then rolls back, and says so only in passing. */
  async commit(): Promise<void> {
    if (this.begun === undefined && this.atCommit.length === 0) return;

    const { commandTag } = await this.answer(COMMIT, (commit) => this.send([...this.atCommit, commit]));
    if (commandTag !== COMMIT.text) throw new Error('The transaction was rolled back, because one of its statements had failed.');
  }

  /** After the commit. */
  end(): void {
    this.client.release();
    for (const callback of this.afterwards) callback();
  }

  /** A connection that cannot even roll back is closed: whatever state it is in must not reach the next user. */
  async rollBack(reason: unknown): Promise<void> {
    try {
      // It would wait behind the statement that got no answer, and as long again.
      if (reason instanceof Error && reason.message === 'Query read timeout') throw reason;
      if (this.begun !== undefined) await this.client.query('ROLLBACK');
      this.client.release();
    } catch (error) {
      this.client.release(error instanceof Error ? error : true);
    }
  }

  private sendWaiting(): void {
    const statements = this.waiting;
    this.waiting = [];
    const refuse = (error: Error) => statements.forEach(({ answered }) => answered(error));
    // After a BEGIN that failed, they would run outside of any transaction.
    if (this.begun) this.begun.then(() => this.send(statements), refuse);
    else this.send(statements);
  }

  private send(statements: readonly NamedStatement[]): void {
    if (this.begun) return sendBatch(this.client, statements);

    this.begun = this.answer(BEGIN, (begin) => sendBatch(this.client, [begin, ...statements]));
    // All that went with it fails as well, and is waited for.
    this.begun.catch(() => undefined);
  }

  private answer(statement: Statement, send: (statement: NamedStatement) => void): Promise<NamedStatement> {
    return new Promise((resolve, reject) => {
      const sent: NamedStatement = new NamedStatement(statement, [], (error) => (error ? reject(error) : resolve(sent)));
      send(sent);
    });
  }
}
