import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { type Objection, OWN_RULES } from './own-rules.ts';
import { statementsOf } from './statements.ts';

const PROGRAM = join(ROOT, 'node_modules/squawk-cli/js/bin/squawk');

/** Those about taste, those about types that the models choose, and one about time: a migration may take long, as long as nobody waits for it. */
const LEFT_OUT = [
  'ban-char-field',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-identity',
  'prefer-robust-stmts',
  'prefer-text-field',
  'require-enum-value-ordering',
  'require-statement-timeout',
];

type Finding = Readonly<{ line: number; rule_name: string; message: string; help?: string | null }>;

/** @throws Error when Squawk itself fails */
export function objectionsOfSquawk(sql: string): Objection[] {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [PROGRAM, ...optionsFor(sql)], {
    input: sql,
    encoding: 'utf8',
  });
  if (error || stdout.trim() === '') throw error ?? new Error(`Squawk ended with ${status}: ${stderr.trim()}`);
  return (JSON.parse(stdout) as Finding[]).filter(isOfSquawk).map(({ line, rule_name: rule, message, help }) => ({
    line: line + 1,
    rule,
    message: help ? `${message} ${help}.` : message,
  }));
}

/**
 * A migration runs in one transaction, unless it is a single statement: only so may it be CONCURRENTLY. That one waits for transactions
 * without keeping anybody waiting, and a lock_timeout would leave half an index.
 */
function optionsFor(sql: string): string[] {
  const [statement, ...others] = statementsOf(sql);
  const isConcurrent = others.length === 0 && /\bconcurrently\b/i.test(statement?.text ?? '');
  const leftOut = isConcurrent ? [...LEFT_OUT, 'require-lock-timeout'] : LEFT_OUT;
  return [
    '--reporter=json',
    '--pg-version=18.0',
    isConcurrent ? '--no-assume-in-transaction' : '--assume-in-transaction',
    `--exclude=${leftOut.join(',')}`,
  ];
}

/** It takes the exceptions to rules of our own for misspelt ones of its own. */
const isOfSquawk = ({ rule_name: rule, message }: Finding): boolean =>
  rule !== 'unused-ignore' || !OWN_RULES.some((name) => message.includes(name));
