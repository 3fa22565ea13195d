import pg from 'pg';
import { postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import { asking, nameOf } from '../drop-own-objects.ts';
import { Refusal } from '../environment.ts';
import { query } from '../query.ts';

/** Stays when Prisma empties the database: it was empty when it became a shadow database, so what is in it since came from here. */
const CLAIM = 'Shadow database of Prisma: emptied at every use.';

const COMMENT =
  "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = current_database()";
const CONTENT = `
  SELECT FROM pg_class WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e') LIMIT 1`;

/**
 * Before Prisma empties the database of SHADOW_DATABASE_URL, which it does at every use.
 * @throws Refusal when it is the database itself, or holds what did not come from here
 */
export async function requireOwnShadow(url: string, databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl !== undefined && placeOf(url) === placeOf(databaseUrl))
    throw new Refusal(
      'SHADOW_DATABASE_URL and DATABASE_URL name one database, and the former is emptied at every use.',
    );
  await asking(url, async () => {
    const [found] = await query<{ comment: string | null }>(url, COMMENT);
    if (found?.comment !== CLAIM) await claim(url);
  });
}

async function claim(url: string): Promise<void> {
  const isEmpty = (await query(url, CONTENT)).length === 0;
  if (!isEmpty)
    throw new Refusal(
      `SHADOW_DATABASE_URL names the ${nameOf(url)}, which is not empty, and would be emptied at every use: name one of its own.`,
    );
  const { database } = postgresAddress(url);
  await query(url, `COMMENT ON DATABASE ${pg.escapeIdentifier(database)} IS ${pg.escapeLiteral(CLAIM)}`);
}

function placeOf(url: string): string {
  const { host, port, database } = postgresAddress(url);
  return `${host}:${port}/${database}`;
}
