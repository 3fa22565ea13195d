import type { ValueProvider } from '@nestjs/common';
import type { Statement } from '../../database/database.js';

/** Rows of one table that one run may delete: its transaction stays short, and the next run is only a job away. */
export const RETENTION_BATCH = 5_000;

type Options = Readonly<{
  table: string;
  /** SQL over the table's columns, true for rows that nobody may use any more. Give the columns an index. */
  expired: string;
}>;

/** When rows of a table are no longer of use. Both parts become SQL, so they must be constants. */
export class Retention {
  readonly statement: Statement;

  constructor({ table, expired }: Options) {
    this.statement = {
      name: `retention.${table}`,
      text: `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${table} WHERE ${expired} LIMIT ${RETENTION_BATCH} FOR UPDATE SKIP LOCKED)) RETURNING 1`,
    };
  }
}

/** A provider for the worker's module of the feature that owns the table: the worker then deletes such rows within the hour. */
export const retention = (options: Options): ValueProvider<Retention> => ({
  provide: `retention of ${options.table}`,
  useValue: new Retention(options),
});
