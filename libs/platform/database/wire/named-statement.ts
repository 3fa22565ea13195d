import type { Connection } from 'pg';
import utils from 'pg/lib/utils.js';
import { parserOf } from './parser-of.js';

/** A statement of our own. Postgres parses and plans it once per connection, under this name. */
export type Statement = Readonly<{ name: string; text: string }>;

type Column = Readonly<{ name: string; parse: (text: string) => unknown }>;
type Prepared = Readonly<{ text: string; columns: readonly Column[] }>;
export type RowDescription = Readonly<{ fields: readonly Readonly<{ name: string; dataTypeID: number }>[] }>;
export type DataRow = Readonly<{ fields: readonly (string | null)[] }>;

/** One connection, in the words of Postgres' protocol. pg gives it to whoever submits a query; its types leave most of it out. */
export type Wire = Connection &
  Readonly<{
    stream: Readonly<{ cork(): void; uncork(): void }>;
    close(statement: Readonly<{ type: 'S'; name: string }>): void;
    parse(statement: Statement): void;
    bind(portal: Readonly<{ statement: string; values: readonly unknown[] }>): void;
    describe(portal: Readonly<{ type: 'P'; name: '' }>): void;
    execute(portal: Readonly<{ portal: ''; rows: 0 }>): void;
    sync(): void;
  }>;

/** What Postgres has prepared, by connection and name: another connection knows nothing of it. */
const preparedByWire = new WeakMap<Wire, Map<string, Prepared>>();

function preparedOn(wire: Wire): Map<string, Prepared> {
  const prepared = preparedByWire.get(wire) ?? new Map<string, Prepared>();
  preparedByWire.set(wire, prepared);
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
  readonly rows: Row[] = [];
  /** What Postgres says it did, such as `INSERT 0 1`. */
  commandTag = '';
  private readonly values: readonly unknown[];
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
  isNamedLikeAnother(wire: Wire): boolean {
    const prepared = preparedOn(wire).get(this.name);
    return prepared !== undefined && prepared.text !== this.statement.text;
  }

  /** Parse and Describe the first time; Bind and Execute every time (PostgreSQL, "Extended Query"). */
  send(wire: Wire): void {
    const prepared = preparedOn(wire).get(this.name);
    if (prepared) this.columns = prepared.columns;
    else {
      // After a failure nobody knows whether the name is taken; closing one that is not there is no error.
      wire.close({ type: 'S', name: this.name });
      wire.parse(this.statement);
    }
    wire.bind({ statement: this.name, values: this.values });
    if (!prepared) wire.describe({ type: 'P', name: '' });
    wire.execute({ portal: '', rows: 0 });
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

  /** From now on its columns are known. They cannot change: Postgres refuses to run a prepared statement whose result would. */
  complete(wire: Wire, commandTag: string): void {
    this.commandTag = commandTag;
    const prepared = preparedOn(wire);
    if (!prepared.has(this.name)) prepared.set(this.name, { text: this.statement.text, columns: this.columns });
  }

  /** It may be the preparation that failed or is out of date, so the next execution prepares it again. */
  fail(wire: Wire): void {
    preparedOn(wire).delete(this.name);
  }
}
