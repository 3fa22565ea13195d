/**
 * npm leaves out of package-lock.json what its registry could not serve when the file was written, such as builds for
 * other machines that a mirror lacks. This adds them. Run it when lockfile.spec.ts fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Lockfile, missingPlatforms, withPlatforms } from './platforms.ts';

const file = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;

for (const { name, version, wantedBy } of missingPlatforms(lock))
  console.log(`added ${name}@${version} for ${wantedBy}`);
writeFileSync(file, `${JSON.stringify(withPlatforms(lock), null, 2)}\n`);
