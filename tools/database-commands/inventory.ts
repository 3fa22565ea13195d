import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type pg from 'pg';
import { ROOT } from '../servers/local-directory.ts';
import { connected } from './query.ts';

/** As DROP calls them, each before what it may use. */
export const KINDS = ['materialized view', 'view', 'table', 'foreign table', 'routine', 'type', 'sequence'] as const;

/** `reference` is what DROP takes, with its schema and quotes. */
export type DatabaseObject = Readonly<{ kind: (typeof KINDS)[number]; name: string; reference: string }>;

/** What a schema holds, in two parts: what the migrations of this checkout made, and everything else. */
export type Inventory = Readonly<{ own: readonly DatabaseObject[]; foreign: readonly DatabaseObject[] }>;

const DATABASE_DOES_NOT_EXIST = '3D000';
const RECORD = '_prisma_migrations';
const CREATED =
  /\b(?:CREATE\s+(?:OR\s+REPLACE\s+|UNLOGGED\s+|MATERIALIZED\s+)*(?:TABLE|TYPE|VIEW|SEQUENCE|FUNCTION|PROCEDURE|DOMAIN)(?:\s+IF\s+NOT\s+EXISTS)?|RENAME\s+TO)\s+(?:"?\w+"?\.)?"?([\w$]+)"?/gi;

/** Without what belongs to an extension, and the sequences and row types that come and go with their tables. */
const OBJECTS = `
  WITH objects AS (
    SELECT 'pg_class'::regclass AS catalog, oid, relname::text AS name, oid::regclass::text AS reference,
      CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
      relnamespace AS schema
    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, proname::text, oid::regprocedure::text, 'routine', pronamespace FROM pg_proc WHERE prokind IN ('f', 'p')
    UNION ALL
    SELECT 'pg_type'::regclass, type.oid, typname::text, type.oid::regtype::text, 'type', typnamespace
    FROM pg_type AS type LEFT JOIN pg_class AS relation ON relation.oid = typrelid
    WHERE typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND relation.relkind = 'c')
  )
  SELECT kind, name, reference FROM objects
  WHERE schema = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = catalog AND objid = objects.oid AND (deptype = 'e' OR (kind = 'sequence' AND deptype IN ('a', 'i'))))
  ORDER BY kind, name`;

/** Of the schema that `client` looks in. */
export async function inventory(client: pg.ClientBase): Promise<Inventory> {
  const { rows: objects } = await client.query<DatabaseObject>(OBJECTS);
  const names = (await isOurs(client, objects)) ? namesInMigrations() : new Set<string>();
  const isOwn = ({ name }: DatabaseObject): boolean => names.has(name);
  return { own: objects.filter(isOwn), foreign: objects.filter((object) => !isOwn(object)) };
}

/** A database that does not exist holds nothing. */
export async function inventoryOf(url: string): Promise<Inventory> {
  try {
    return await connected(url, inventory);
  } catch (error) {
    if ((error as { code?: string }).code === DATABASE_DOES_NOT_EXIST) return { own: [], foreign: [] };
    throw error;
  }
}

/** Anybody may have a table named "users": it is ours when one of our migrations is on record beside it. */
async function isOurs(client: pg.ClientBase, objects: readonly DatabaseObject[]): Promise<boolean> {
  if (!objects.some(({ name, kind }) => kind === 'table' && name === RECORD)) return false;
  const { rowCount } = await client.query(`SELECT FROM ${RECORD} WHERE migration_name = ANY ($1)`, [
    migrationsHere().map(({ name }) => name),
  ]);
  return (rowCount ?? 0) > 0;
}

function namesInMigrations(): ReadonlySet<string> {
  const created = migrationsHere().flatMap(({ sql }) => [...sql.matchAll(CREATED)].map(([, name = '']) => name));
  return new Set([RECORD, ...created]);
}

const migrationsHere = (): readonly Readonly<{ name: string; sql: string }>[] =>
  globSync('prisma/migrations/*/migration.sql', { cwd: ROOT }).map((file) => ({
    name: basename(dirname(file)),
    sql: readFileSync(join(ROOT, file), 'utf8'),
  }));

/** Their names, for people: a few of them, and how many there are. */
export function listed(objects: readonly DatabaseObject[], most = 10): string {
  const names = objects.slice(0, most).map(({ kind, name }) => (kind === 'table' ? name : `${kind} ${name}`));
  return [...names, ...(objects.length > most ? [`${objects.length - most} more`] : [])].join(', ');
}
