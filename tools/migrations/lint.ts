/** `npm run db:lint`: refuses migrations that stop a release which still serves, or break it. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { objectionsTo } from './objections.ts';

/** Of the migrations that are older than this check. Never move it forward: what cannot be otherwise gets an exception with a reason. */
const LAST_UNCHECKED = '20261202000000_job_priority';

const files = globSync('prisma/migrations/*/migration.sql', { cwd: ROOT }).sort();
const checked = files.filter((file) => basename(dirname(file)) > LAST_UNCHECKED);
const found = checked.flatMap((file) =>
  objectionsTo(readFileSync(`${ROOT}/${file}`, 'utf8')).map(
    ({ line, rule, message }) => `${file}:${line}: ${rule}: ${message}`,
  ),
);

console.log(
  found.length === 0
    ? `${checked.length} migrations checked, ${files.length - checked.length} older ones left as they are`
    : `${found.join('\n')}\nWhat to do instead, and how to except a statement: docs/migrations.md`,
);
process.exitCode = found.length === 0 ? 0 : 1;
