import type { Connection } from 'pg';
import type { NamedStatement } from './named-statement.js';
import type { DataRow, ProtocolConnection, RowDescription, SubmittedQuery } from './protocol.js';
import type { Queryable } from './queryable.js';

/**
 * Statements that go to Postgres in one message and come back in one: one round trip.
 * They run in order, and the first that fails is the last (PostgreSQL, "Extended Query", pipelining).
 *
 * To pg it looks like one query. pg queues it, calls `submit` when the connection is free, one `handle…` method for each message of
 * the answer, and `callback` in the end. The answers come in the order of the statements, so counting those that are complete
 * tells whose answer it is.
 */
class StatementBatch implements SubmittedQuery {
  /** Set by pg. Called once, when all statements are complete or one has failed. */
  callback?: (error: Error | null) => void;
  /** Where it was sent. */
  private connection: ProtocolConnection | undefined;
  private completed = 0;

  constructor(private readonly statements: readonly NamedStatement[]) {}

  /** For traces. Each name once, so that batches of any length have few names. */
  get name(): string {
    return this.joined(({ name }) => name);
  }

  get text(): string {
    return this.joined(({ statement }) => statement.text);
  }

  submit(pgConnection: Connection): Error | undefined {
    const connection = pgConnection as ProtocolConnection;
    const misnamed = this.statements.find((statement) => statement.isNamedLikeAnother(connection));
    if (misnamed) return new Error(`Two statements are named "${misnamed.name}".`);

    this.connection = connection;
    // Between cork and uncork nothing is sent, so that it leaves in one piece. Sync ends the batch and asks for the answers.
    connection.stream.cork();
    for (const statement of this.statements) statement.send(connection);
    connection.sync();
    connection.stream.uncork();
    return undefined;
  }

  /** Tells each statement how it ended: what was complete before the failure succeeded, the rest failed with it. */
  settle(error: Error | null): void {
    this.statements.forEach((statement, index) => statement.settle(index < this.completed ? null : error));
  }

  handleRowDescription(message: RowDescription): void {
    this.current?.describe(message);
  }

  handleDataRow(message: DataRow): void {
    this.current?.add(message);
  }

  handleCommandComplete({ text }: Readonly<{ text: string }>): void {
    if (this.connection) this.current?.complete(this.connection, text);
    this.completed++;
  }

  handleReadyForQuery(): void {
    this.callback?.(null);
  }

  handleError(error: Error): void {
    if (this.connection) this.current?.fail(this.connection);
    this.callback?.(error);
  }

  // pg calls these as well; our statements cause none of them.
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}

  /** Whose answer is arriving. */
  private get current(): NamedStatement | undefined {
    return this.statements[this.completed];
  }

  private joined(part: (statement: NamedStatement) => string): string {
    return this.statements.length === 1
      ? part(this.statements[0] as NamedStatement)
      : [...new Set(this.statements.map(part))].join('; ');
  }
}

/** In one message, so in one round trip. */
export function sendBatch(queryable: Queryable, statements: readonly NamedStatement[]): void {
  const batch = new StatementBatch(statements);
  queryable.query(batch, undefined, (error: Error | null) => batch.settle(error));
}
