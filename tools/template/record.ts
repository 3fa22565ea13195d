import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Answers } from './answers.ts';
import { RECORD, TEMPLATE } from './template-itself.ts';

/** What the project began with: from this, and from what the template is today, an update finds what has changed there. */
export type Record = Readonly<{
  template: Readonly<{
    name: string;
    version: string;
    commit: string | null;
    /** Where the last update came from. */
    source?: string;
  }>;
  year: number;
  answers: Answers;
}>;

/** `commit` is null where this is not a clone: then the version alone says which template it was. */
export function recordOf(root: string, answers: Answers, year: number): Record {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return { template: { name: TEMPLATE.name, version, commit: status === 0 ? stdout.trim() : null }, year, answers };
}

export const recordText = (record: Record): string => `${JSON.stringify(record, null, 2)}\n`;

export const writeRecord = (root: string, record: Record): void =>
  writeFileSync(join(root, RECORD), recordText(record));

/** @returns undefined in the template itself */
export function readRecord(root: string): Record | undefined {
  const file = join(root, RECORD);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record) : undefined;
}

/** One line for each answer that is not what the project began with. */
export const differences = ({ answers }: Record, given: Partial<Answers>): string[] =>
  Object.entries(given)
    .filter(([key, value]) => !isDeepStrictEqual(value, answers[key as keyof Answers]))
    .map(
      ([key, value]) => `${key}: ${JSON.stringify(value)} instead of ${JSON.stringify(answers[key as keyof Answers])}`,
    );
