import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connected, query } from '../database-commands/query.ts';
import { removeFeature } from '../features/remove.ts';
import { PRISMA, runNode } from '../run-node.ts';
import { PART_NAMES } from './parts.ts';
import { squashMigrations } from './squash.ts';

/** All that Postgres knows of a schema, as lines; the order of columns is left out, since nothing depends on it. */
const SCHEMA = `
  WITH own AS (SELECT 'public'::regnamespace AS schema)
  SELECT format('column %s.%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)) AS line
  FROM own, pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = own.schema AND relkind IN ('r', 'p', 'v', 'S') AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM own, pg_constraint WHERE connamespace = own.schema
  UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT format('sequence %s %s %s', sequencename, data_type, last_value) FROM pg_sequences WHERE schemaname = 'public'
  UNION ALL SELECT format('owned %s by %s', objid::regclass, refobjid::regclass) FROM own, pg_depend JOIN pg_class ON pg_class.oid = objid
    WHERE relnamespace = own.schema AND relkind = 'S' AND deptype = 'a'
  UNION ALL SELECT format('routine %s', pg_get_functiondef(oid)) FROM own, pg_proc WHERE pronamespace = own.schema AND prokind IN ('f', 'p')
  UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT format('value %s of %s', enumlabel, enumtypid::regtype) FROM pg_enum
  UNION ALL SELECT format('extension %s', extname) FROM pg_extension
  UNION ALL SELECT format('grant on %s to %s: %s', table_name, grantee, privilege_type) FROM information_schema.role_table_grants
    WHERE table_schema = 'public' AND grantee = 'app_service'
  UNION ALL SELECT format('later %s: %s', defaclobjtype, defaclacl) FROM pg_default_acl
  UNION ALL SELECT format('role %s %s %s', name, built_in, permissions) FROM roles
  ORDER BY line`;

const url = (name: string): string =>
  Object.assign(new URL(String(process.env.DATABASE_URL)), { pathname: `/${name}` }).href;

/** What a database holds to which all migrations in `folder` were applied, and then `more`. */
async function madeBy(folder: string, more = ''): Promise<string[]> {
  const name = `squash_${Math.random().toString(36).slice(2)}`;
  await query(url('postgres'), `CREATE DATABASE ${name}`);
  try {
    const series = globSync('prisma/migrations/*/migration.sql', { cwd: folder }).sort();
    for (const file of series)
      await connected(url(name), (client) => client.query(readFileSync(join(folder, file), 'utf8')));
    if (more) await connected(url(name), (client) => client.query(more));
    return (await query<{ line: string }>(url(name), SCHEMA)).map(({ line }) => line);
  } finally {
    await query(url('postgres'), `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function difference(from: string): Promise<string> {
  const { exitCode, output } = await runNode([
    PRISMA,
    'migrate',
    'diff',
    from,
    `--to-schema=${join(copy, 'prisma')}`,
    '--script',
  ]);
  if (exitCode !== 0) throw new Error(output);
  return output.replace(/^Loaded .*\n/gm, '');
}

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'squash-'));
  for (const part of ['apps', 'docs', 'libs', 'prisma']) cpSync(part, join(copy, part), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

describe('one migration instead of many', () => {
  it.each<[string, readonly string[]]>([
    ['with all parts', []],
    ['without those that can go', PART_NAMES.filter((name) => existsSync(join('libs/features', name)))],
  ])('makes what the series made: %s', async (_which, without) => {
    for (const name of without) removeFeature(copy, name, '');
    const bySeries = await madeBy(copy, without.length > 0 ? await difference('--from-schema=prisma') : '');

    squashMigrations(copy, await difference('--from-empty'));

    expect(globSync('prisma/migrations/*/', { cwd: copy })).toHaveLength(1);
    expect(bySeries.length).toBeGreaterThan(100);
    expect(await madeBy(copy)).toEqual(bySeries);
  });
});
