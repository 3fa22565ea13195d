import utils from 'pg/lib/utils.js';
import { parserOf } from './parser-of.js';
import type { DataRow, ProtocolConnection, RowDescription } from './protocol.js';

/** A statement of our own. Postgres parses and plans it once per connection, under this name. */
export type Statement = Readonly<{ name: string; text: string }>;

type Column = Readonly<{ name: string; parse: (text: string) => unknown }>;
type Prepared = Readonly<{ text: string; columns: readonly Column[] }>;

/** What Postgres has prepared, by connection and name: another connection knows nothing of it. */
const preparedByConnection = new WeakMap<ProtocolConnection, Map<string, Prepared>>();

function preparedOn(connection: ProtocolConnection): Map<string, Prepared> {
  const prepared = preparedByConnection.get(connection) ?? new Map<string, Prepared>();
  preparedByConnection.set(connection, prepared);
  return prepared;
}

/**
 * One execution of a statement, which asks only once per connection what its columns are. pg's own query asks at every execution,
 * reads the answer and makes a row parser of it: for a row of eleven columns a third of what the query costs.
 *
 * A StatementBatch sends it, and hands it its share of the answer: `describe` the first time, `add` for each row, then `complete`
 * or `fail`; and `settle` at the end of the whole batch.
 */
export class NamedStatement<Row = unknown> {
  rows: Row[] = [];
  /** What Postgres says it did, such as `INSERT 0 1`. */
  commandTag = '';
  /** As Postgres is sent them. */
  readonly values: readonly unknown[];
  private columns: readonly Column[] = [];

  /** `settle` is called once, with the error if there was one. @throws when a value cannot be sent */
  constructor(
    readonly statement: Statement,
    values: readonly unknown[],
    readonly settle: (error: Error | null) => void = () => undefined,
  ) {
    this.values = values.map((value) => utils.prepareValue(value));
  }

  get name(): string {
    return this.statement.name;
  }

  /** Somebody copied a statement and forgot its name: Postgres would run the one that had the name first. */
  isNamedLikeAnother(connection: ProtocolConnection): boolean {
    const prepared = preparedOn(connection).get(this.name);
    return prepared !== undefined && prepared.text !== this.statement.text;
  }

  /** Parse and Describe the first time; Bind and Execute every time (PostgreSQL, "Extended Query"). */
  send(connection: ProtocolConnection): void {
    const prepared = preparedOn(connection).get(this.name);
    if (prepared) this.columns = prepared.columns;
    else {
      // After a failure nobody knows whether the name is taken; closing one that is not there is no error.
      connection.close({ type: 'S', name: this.name });
      connection.parse(this.statement);
    }
    connection.bind({ statement: this.name, values: this.values });
    if (!prepared) connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '', rows: 0 });
  }

  /** How to read the columns of the rows that follow. */
  describe({ fields }: RowDescription): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID, 'text') }));
  }

  add({ fields }: DataRow): void {
    const row: Record<string, unknown> = {};
    this.columns.forEach(({ name, parse }, index) => {
      const text = fields[index];
      row[name] = text === null || text === undefined ? null : parse(text);
    });
    this.rows.push(row as Row);
  }

  /** All at once, where pg has read the rows. */
  answer(rows: Row[], commandTag: string): void {
    this.rows = rows;
    this.commandTag = commandTag;
  }

  /** From now on its columns are known. They cannot change: Postgres refuses to run a prepared statement whose result would. */
  complete(connection: ProtocolConnection, commandTag: string): void {
    this.commandTag = commandTag;
    const prepared = preparedOn(connection);
    if (!prepared.has(this.name)) prepared.set(this.name, { text: this.statement.text, columns: this.columns });
  }

  /** It may be the preparation that failed or is out of date, so the next execution prepares it again. */
  fail(connection: ProtocolConnection): void {
    preparedOn(connection).delete(this.name);
  }
}
