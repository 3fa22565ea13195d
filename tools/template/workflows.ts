import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NIGHTLY = '.github/workflows/nightly.yml';
/** From its name to the next one, which is indented like it. */
const JOB = /^\n?  template:\n(?:(?: {4}.*)?\n)*/m;

/** That the template can become a project is proven where it is one. */
export function endTemplateJobs(root: string): void {
  const file = join(root, NIGHTLY);
  writeFileSync(file, withoutTemplateJob(readFileSync(file, 'utf8')));
}

export const withoutTemplateJob = (workflow: string): string => `${workflow.replace(JOB, '').trimEnd()}\n`;
