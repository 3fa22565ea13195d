/** `npm run licenses`: refuses packages whose licence does not allow what this repository does with them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { EXCEPTIONS } from './allowed.ts';
import { type Lockfile, licenseObjections } from './judgement.ts';

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;
const found = licenseObjections(lock, EXCEPTIONS);

console.log(
  found.length === 0
    ? `${Object.keys(lock.packages).length} packages have licences that are allowed`
    : `${found.join('\n')}\nUse another package, or say in tools/licenses/allowed.ts why this one may stay.`,
);
process.exitCode = found.length === 0 ? 0 : 1;
