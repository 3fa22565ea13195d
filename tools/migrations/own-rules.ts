import { statementsOf } from './statements.ts';

export type Objection = Readonly<{ line: number; rule: string; message: string }>;

type Rule = Readonly<{ name: string; matches: (statement: string) => boolean; message: string }>;

/** What Squawk has no rule for. */
const RULES: readonly Rule[] = [
  {
    name: 'truncating-table',
    matches: (statement) => /^truncate\b/i.test(statement),
    message: 'TRUNCATE empties a table that the release before this one still reads.',
  },
  {
    name: 'locking-table',
    matches: (statement) => /^lock\b/i.test(statement),
    message: 'Everybody waits until the migration is through.',
  },
  {
    name: 'renaming-enum-value',
    matches: (statement) => /^alter\s+type\b[\s\S]*\brename\s+value\b/i.test(statement),
    message: 'A release that still runs writes the old value. Add the new one, and let the old one be.',
  },
  {
    name: 'changing-every-row',
    matches: (statement) => /^(?:update|delete\s+from)\b/i.test(statement) && !/\bwhere\b/i.test(statement),
    message: 'One statement for all rows keeps every one of them locked until it ends. Do it in batches, in a job.',
  },
];

export const OWN_RULES = RULES.map(({ name }) => name);

/** `-- squawk-ignore <rule>` above a statement excuses it here as it does for Squawk. */
export function objectionsOfOwnRules(sql: string): Objection[] {
  const lines = sql.split('\n');
  return statementsOf(sql).flatMap(({ text, line }) =>
    RULES.filter(({ name, matches }) => matches(text) && !isExcused(lines, line, name)).map(({ name, message }) => ({
      line,
      rule: name,
      message,
    })),
  );
}

function isExcused(lines: readonly string[], line: number, rule: string): boolean {
  const above = lines[line - 2] ?? '';
  return /^\s*-- squawk-ignore /.test(above) && above.includes(rule);
}
