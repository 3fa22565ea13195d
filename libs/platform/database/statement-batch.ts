import type { Connection, Submittable } from 'pg';
import type { DataRow, NamedStatement, RowDescription, Wire } from './named-statement.js';

/**
 * Statements that go to Postgres in one message and come back in one: for whoever waits, one round trip.
 * They run in order, and the first that fails is the last (PostgreSQL, "Extended Query", pipelining).
 */
class StatementBatch implements Submittable {
  /** Whoever waits for the answer; pg sets it. */
  callback?: (error: Error | null) => void;
  private wire: Wire | undefined;
  private completed = 0;

  constructor(private readonly statements: readonly NamedStatement[]) {}

  /** For traces. Each name once, so that batches of any length have few names. */
  get name(): string {
    return this.joined(({ name }) => name);
  }

  get text(): string {
    return this.joined(({ statement }) => statement.text);
  }

  submit(connection: Connection): Error | undefined {
    const wire = (this.wire = connection as Wire);
    const misnamed = this.statements.find((statement) => statement.isNamedLikeAnother(wire));
    if (misnamed) return new Error(`Two statements are named "${misnamed.name}".`);

    wire.stream.cork();
    for (const statement of this.statements) statement.send(wire);
    wire.sync();
    wire.stream.uncork();
    return undefined;
  }

  /** Tells each statement how it ended, in order. */
  settle(error: Error | null): void {
    this.statements.forEach((statement, index) => statement.answered(index < this.completed ? null : error));
  }

  handleRowDescription(message: RowDescription): void {
    this.current?.describe(message);
  }

  handleDataRow(message: DataRow): void {
    this.current?.add(message);
  }

  handleCommandComplete({ text }: Readonly<{ text: string }>): void {
    if (this.wire) this.current?.complete(this.wire, text);
    this.completed++;
  }

  handleReadyForQuery(): void {
    this.callback?.(null);
  }

  handleError(error: Error): void {
    if (this.wire) this.current?.fail(this.wire);
    this.callback?.(error);
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}

  private get current(): NamedStatement | undefined {
    return this.statements[this.completed];
  }

  private joined(part: (statement: NamedStatement) => string): string {
    return this.statements.length === 1 ? part(this.statements[0] as NamedStatement) : [...new Set(this.statements.map(part))].join('; ');
  }
}

type Asked = Readonly<{ query(batch: StatementBatch, values: undefined, callback: (error: Error | null) => void): unknown }>;

/** Each statement is told how it ended. */
export function sendBatch(connection: Asked, statements: readonly NamedStatement[]): void {
  const batch = new StatementBatch(statements);
  connection.query(batch, undefined, (error) => batch.settle(error));
}
