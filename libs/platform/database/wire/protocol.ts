import type { Connection, Submittable } from 'pg';

/* What pg does not promise, in one place: its types leave it out. pg-internals.int.spec.ts fails when it changes. */

export type RowDescription = Readonly<{ fields: readonly Readonly<{ name: string; dataTypeID: number }>[] }>;
export type DataRow = Readonly<{ fields: readonly (string | null)[] }>;

/** One connection, in the words of Postgres' protocol. pg hands it to `submit`. */
export type ProtocolConnection = Connection &
  Readonly<{
    stream: Readonly<{ cork(): void; uncork(): void; destroy(): void }>;
    close(statement: Readonly<{ type: 'S'; name: string }>): void;
    parse(statement: Readonly<{ name: string; text: string }>): void;
    bind(portal: Readonly<{ statement: string; values: readonly unknown[] }>): void;
    describe(portal: Readonly<{ type: 'P'; name: '' }>): void;
    execute(portal: Readonly<{ portal: ''; rows: 0 }>): void;
    sync(): void;
  }>;

/** What pg calls of a query that it has submitted, one method for each message of the answer; its types name only `submit`. */
export interface SubmittedQuery extends Submittable {
  /** Set by pg. */
  callback?: ((error: Error | null, result?: unknown) => void) | undefined;
  readonly name?: string | undefined;
  readonly text?: string | undefined;
  handleRowDescription(message: RowDescription): void;
  handleDataRow(message: DataRow): void;
  handleCommandComplete(message: Readonly<{ text: string }>, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handlePortalSuspended(connection: Connection): void;
  handleCopyInResponse(connection: Connection): void;
}
