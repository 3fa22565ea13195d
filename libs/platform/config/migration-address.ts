/*
 * Commands run it from source, so it imports nothing of ours.
 */

type Addresses = Readonly<
  Partial<Record<'DATABASE_URL' | 'DATABASE_DIRECT_URL' | 'DATABASE_POOLER', string | undefined>>
>;

/** What is set leads migrations nowhere. The message says what to set. */
export class NoMigrationAddress extends Error {}

const NEEDS_SESSIONS =
  'DATABASE_POOLER=transaction: migrations hold a lock for longer than one transaction. Set DATABASE_DIRECT_URL to the address of Postgres itself.';

/**
 * Where tables are made and deleted, past a pooler that lends another connection to each transaction; null when no database is named.
 * @throws NoMigrationAddress when there is only such a pooler
 */
export function migrationAddress({ DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOLER }: Addresses): string | null {
  if (DATABASE_DIRECT_URL !== undefined) return DATABASE_DIRECT_URL;
  if (DATABASE_URL !== undefined && DATABASE_POOLER === 'transaction') throw new NoMigrationAddress(NEEDS_SESSIONS);
  return DATABASE_URL ?? null;
}
