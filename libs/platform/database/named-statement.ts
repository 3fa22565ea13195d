import type { Connection } from 'pg';
import utils from 'pg/lib/utils.js';
import { parserOf } from './connection.js';

/** A statement of our own. Postgres parses and plans it once per connection, under this name. */
export type Statement = Readonly<{ name: string; text: string }>;

type Column = Readonly<{ name: string; parse: (text: string) => unknown }>;
type Prepared = Readonly<{ text: string; columns: readonly Column[] }>;
export type RowDescription = Readonly<{ fields: readonly Readonly<{ name: string; dataTypeID: number }>[] }>;
export type DataRow = Readonly<{ fields: readonly (string | null)[] }>;

/** What pg gives a submittable to speak with Postgres; its types leave most of it out. */
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

/** By connection, as prepared statements are. */
const preparedOn = new WeakMap<Wire, Map<string, Prepared>>();

function preparedOf(wire: Wire): Map<string, Prepared> {
  const known = preparedOn.get(wire) ?? new Map<string, Prepared>();
  preparedOn.set(wire, known);
  return known;
}

/**
 * One execution of a prepared statement, which does not ask again what its columns are. pg's own query asks at every execution,
 * reads the answer and makes a row parser of it: for a row of eleven columns a third of what the query costs.
 */
export class NamedStatement<Row = unknown> {
  readonly rows: Row[] = [];
  /** What Postgres says it did, such as `INSERT 0 1`. */
  commandTag = '';
  private readonly values: readonly unknown[];
  private columns: readonly Column[] = [];

  /** `answered` is called once, with the error if there was one. Throws when a value cannot be sent. */
  constructor(
    readonly statement: Statement,
    values: readonly unknown[],
    readonly answered: (error: Error | null) => void = () => undefined,
  ) {
    this.values = values.map((value) => utils.prepareValue(value));
  }

  get name(): string {
    return this.statement.name;
  }

  /** A copied name would run the statement that had it first. */
  isNamedLikeAnother(wire: Wire): boolean {
    const prepared = preparedOf(wire).get(this.name);
    return prepared !== undefined && prepared.text !== this.statement.text;
  }

  send(wire: Wire): void {
    const prepared = preparedOf(wire).get(this.name);
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

  /** Columns stay what they are: Postgres refuses to run a prepared statement whose result has changed. */
  complete(wire: Wire, commandTag: string): void {
    this.commandTag = commandTag;
    const prepared = preparedOf(wire);
    if (!prepared.has(this.name)) prepared.set(this.name, { text: this.statement.text, columns: this.columns });
  }

  fail(wire: Wire): void {
    preparedOf(wire).delete(this.name);
  }
}
