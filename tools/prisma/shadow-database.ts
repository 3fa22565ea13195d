import pg from 'pg';
import { postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { nameOf } from '../database-commands/drop-own-objects.ts';
import { Refusal } from '../database-commands/environment.ts';
import { query } from '../database-commands/query.ts';
import { createSchema } from './database-command.ts';

/** A schema that stays: the database was empty when it became a shadow database, so what is in it now came from here. */
const CLAIM = 'kit_shadow_database';

const SCHEMAS = "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'";
const CONTENT = `
  SELECT FROM pg_class WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e') LIMIT 1`;

/**
 * Empties the database of SHADOW_DATABASE_URL, because the last run left something in it.
 * @throws Refusal when it is the database itself, or holds what did not come from here
 */
export async function emptyShadowDatabase(url: string, databaseUrl: string): Promise<void> {
  if (placeOf(url) === placeOf(databaseUrl))
    throw new Refusal(
      'SHADOW_DATABASE_URL and DATABASE_URL name one database, and the former is emptied at every use.',
    );

  const schemas = (await query<{ name: string }>(url, SCHEMAS)).map(({ name }) => name);
  if (!schemas.includes(CLAIM)) await claim(url);
  for (const name of schemas.filter((each) => each !== CLAIM))
    await query(url, `DROP SCHEMA ${pg.escapeIdentifier(name)} CASCADE`);
  await createSchema(url);
}

async function claim(url: string): Promise<void> {
  const isEmpty = (await query(url, CONTENT)).length === 0;
  if (!isEmpty)
    throw new Refusal(
      `SHADOW_DATABASE_URL names the ${nameOf(url)}, which is not empty, and would be emptied at every use: name one of its own.`,
    );
  await query(url, `CREATE SCHEMA ${CLAIM}`);
}

function placeOf(url: string): string {
  const { host, port, database } = postgresAddress(url);
  return `${host}:${port}/${database}`;
}
