import type { ValueProvider } from '@nestjs/common';
import type { Statement } from '../../database/database.js';

/** Rows of one table that one run may delete: its transaction stays short, and the next run is only a job away. */
export const RETENTION_BATCH = 5_000;

type Options = Readonly<{
  table: string;
  /** SQL over the table's columns, true for rows that nobody may use any more. Give the columns an index. */
  expired: string;
}>;

/** Deletes a batch of rows that are no longer of use, and answers with a row for each. */
export class Retention {
  constructor(readonly statement: Statement) {}
}

/**
 * A provider for the worker's module of the feature that owns the table: the worker then deletes such rows within the hour. Both parts become
 * SQL, so they must be constants.
 */
export const retention = ({ table, expired }: Options): ValueProvider<Retention> =>
  provider(
    table,
    `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${table} WHERE ${expired} LIMIT ${RETENTION_BATCH} FOR UPDATE SKIP LOCKED)) RETURNING 1`,
  );

/** The same for a table of which the worker may not delete: a function of its owner does, which a migration makes. */
export const retentionByOwner = (table: string, deletes: string): ValueProvider<Retention> =>
  provider(table, `SELECT FROM ${deletes}(${RETENTION_BATCH})`);

const provider = (table: string, text: string): ValueProvider<Retention> => ({
  provide: `retention of ${table}`,
  useValue: new Retention({ name: `retention.${table}`, text }),
});
