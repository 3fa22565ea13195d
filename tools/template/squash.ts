import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const WRITTEN_BY_PRISMA = /^(?:CREATE (?:SCHEMA|TYPE|TABLE|INDEX|UNIQUE INDEX)|(?:ALTER|DROP) (?:TABLE|INDEX|TYPE))\b/;
/** A string, a quoted name, the body of a function or a comment may hold a semicolon; anything else that does ends with it. */
const STATEMENT = /(?:'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[^]*?\1|--.*|\/\*[^]*?\*\/|[^;'"])+;/g;
const CONCURRENT_INDEX = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY "(\w+)"/;
const LEADING_COMMENTS = /^(?:\s*--.*\n)*\s*/;
const OF_TABLE = /\b(?:INTO|ON|OWNED BY|TABLE)\s+"(\w+)"/gi;

/**
 * Makes one migration of all that are in `root`: a new project has no database that an earlier one has made.
 * @param models what Prisma makes of its models: everything that they can say
 */
export function squashMigrations(root: string, models: string): void {
  const files = globSync('prisma/migrations/*/migration.sql', { cwd: root }).sort();
  const [first] = files;
  if (first === undefined) throw new Error('There is no migration in prisma/migrations.');

  const series = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  for (const file of files.slice(1)) rmSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, first), squashed(series, models));
}

/** All of it is one transaction, in which nothing is made concurrently; and nobody waits for a table that is empty. */
const atOnce = (statement: string): string =>
  statement.trim().replace(/^(CREATE (?:UNIQUE )?INDEX) CONCURRENTLY/m, '$1');

/** Each with the comments that stand before it. */
export const statementsOf = (sql: string): string[] => sql.match(STATEMENT) ?? [];

export const withoutComments = (statement: string): string => statement.replace(LEADING_COMMENTS, '');

/** What the models say, then what was written by hand, in its order; without what was about tables that are gone. */
export function squashed(series: string, models: string): string {
  const byHand = statementsOf(series)
    .filter(
      (statement) =>
        !WRITTEN_BY_PRISMA.test(withoutComments(statement)) || isIndexOfExpression(statement, models, series),
    )
    .filter((statement) => tablesOf(statement).every((table) => models.includes(`CREATE TABLE "${table}"`)));
  return `${[models.trim(), ...byHand.map(atOnce)].join('\n\n')}\n`;
}

/** Which people make where they know it, and which models cannot say: an index that only they know, and that stands to the end. */
function isIndexOfExpression(statement: string, models: string, series: string): boolean {
  const [, name = ''] = CONCURRENT_INDEX.exec(withoutComments(statement)) ?? [];
  return name !== '' && !models.includes(`"${name}"`) && !new RegExp(`DROP INDEX[^;]*"${name}"`).test(series);
}

const tablesOf = (statement: string): string[] => [...statement.matchAll(OF_TABLE)].map(([, table = '']) => table);
