import type { ValueProvider } from '@nestjs/common';
import type { Statement } from '../../database/database.js';
import { Registry } from '../../kernel/registry.js';

/** Rows of one table that one run may delete: its transaction stays short, and the next run is only a job away. */
export const RETENTION_BATCH = 5_000;

export type RetentionDefinition = Readonly<{
  table: string;
  /** SQL over the table's columns, true for rows that nobody may use any more. Give the columns an index. */
  expired: string;
}>;

const registry = new Registry<RetentionDefinition>('The retention of');

/** All that were defined so far, by table. */
export const definedRetentions = (): ReadonlyMap<string, RetentionDefinition> => registry.all;

/** Deletes a batch of rows that are no longer of use, and answers with a row for each. */
export class Retention {
  constructor(readonly statement: Statement) {}
}

/**
 * A provider for the worker's module of the feature that owns the table: the worker then deletes such rows within the hour. Both parts become
 * SQL, so they must be constants.
 */
export const retention = ({ table, expired }: RetentionDefinition): ValueProvider<Retention> =>
  provider(
    { table, expired },
    `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${table} WHERE ${expired} LIMIT ${RETENTION_BATCH} FOR UPDATE SKIP LOCKED)) RETURNING 1`,
  );

/** The same for a table of which the worker may not delete: a function of its owner does, which a migration makes and which knows what `expired` says. */
export const retentionByOwner = (definition: RetentionDefinition, deletes: string): ValueProvider<Retention> =>
  provider(definition, `SELECT FROM ${deletes}(${RETENTION_BATCH})`);

function provider(definition: RetentionDefinition, text: string): ValueProvider<Retention> {
  const { table } = registry.add(definition.table, definition);
  return { provide: `retention of ${table}`, useValue: new Retention({ name: `retention.${table}`, text }) };
}
