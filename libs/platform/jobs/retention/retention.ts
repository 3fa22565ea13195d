import type { Statement } from '../../database/database.js';

/** Rows of one table that one run may delete: its transaction stays short, and the next run is only a job away. */
export const RETENTION_BATCH = 5_000;

type Retention = Readonly<{
  table: string;
  /** SQL over the table's columns, true for rows that nobody may use any more. Give the columns an index. */
  expired: string;
}>;

const statements = new Map<string, Statement>();

/**
 * Declares when rows are no longer of use: the worker deletes them within the hour. Features declare it beside the code that owns
 * the table, in a file that their worker module loads; remove-expired.handler.ts declares it for the tables of the platform.
 * Both parts become SQL, so they must be constants.
 * @throws when a table is declared twice
 */
export function defineRetention({ table, expired }: Retention): void {
  if (statements.has(table)) throw new Error(`The retention of ${table} is declared twice.`);
  statements.set(table, {
    name: `retention.${table}`,
    text: `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${table} WHERE ${expired} LIMIT ${RETENTION_BATCH} FOR UPDATE SKIP LOCKED)) RETURNING 1`,
  });
}

export function retentionStatements(): readonly Statement[] {
  return [...statements.values()];
}
