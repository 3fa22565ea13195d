/** `npm run release:notes`: what CHANGELOG.md says of the version in package.json, which is the tag that is being released, if one is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { sectionOf } from './changelog.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

try {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: tag } = process.env;
  if (type === 'tag' && tag !== `v${version}`) throw new Error(`package.json is at ${version}, and the tag is ${tag}.`);
  console.log(sectionOf(version, read('CHANGELOG.md')));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
