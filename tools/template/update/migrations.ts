import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nextTimestamp } from '../../database-commands/new-migration.ts';
import { statementsOf, withoutComments } from '../squash.ts';
import type { Version } from './version.ts';

/** Such as for how long it waits for a lock: alone it changes nothing. */
const SETTING = /^SET\b/i;

const BEFORE_TABLE = /\b(?:TABLE|TYPE|ON|ONLY|EXISTS|INTO|UPDATE|FROM|REFERENCES|OWNED BY)\s+/;

/** `name` without the time that it begins with. */
export type Migration = Readonly<{ name: string; sql: string }>;

/** Those that the template has got since, without what they say of parts that the project does without. */
export function newMigrations(before: Version, after: Version): Migration[] {
  const known = new Set(namesIn(before.folder));
  return namesIn(after.folder)
    .filter((name) => !known.has(name))
    .map((name) => ({
      name,
      sql: readFileSync(join(after.folder, 'prisma/migrations', name, 'migration.sql'), 'utf8'),
    }))
    .map(({ name, sql }) => ({ name: name.replace(/^\d+_/, ''), sql: withoutTables(sql, after.absentTables) }))
    .filter(({ sql }) => statementsOf(sql).some((statement) => !SETTING.test(withoutComments(statement))));
}

/** After all that the project has: its databases have had those. @returns the path of each, and what stands there */
export function placed(root: string, migrations: readonly Migration[], now: Date): Map<string, string> {
  const first = Number(nextTimestamp(join(root, 'prisma'), now));
  return new Map(
    migrations.map(({ name, sql }, index) => [`prisma/migrations/${first + index}_${name}/migration.sql`, sql]),
  );
}

export function withoutTables(sql: string, tables: readonly string[]): string {
  if (tables.length === 0) return sql;

  const names = tables.join('|');
  // A table's indexes begin with its name.
  const absent = new RegExp(`${BEFORE_TABLE.source}"(?:${names})"|\\bINDEX\\b[^"]*"(?:${names})_\\w+"`, 'i');
  const gone = statementsOf(sql).filter((statement) => absent.test(withoutComments(statement)));
  return gone.reduce((rest, statement) => rest.replace(statement, () => ''), sql).replaceAll(/\n{3,}/g, '\n\n');
}

const namesIn = (folder: string): string[] =>
  globSync('prisma/migrations/*/migration.sql', { cwd: folder })
    .map((file) => basename(dirname(file)))
    .sort();
