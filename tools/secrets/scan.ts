/** `npm run secrets`: refuses files that hold credentials. Looks at what git has or would take, and not at what .gitignore names. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { secretsIn } from './secrets.ts';

/** Of a copy without git, as some tests make one: all but what was installed or built there. */
const NOT_OURS = ['**/{node_modules,dist,generated,coverage}', '.local'];

function listFiles(): string[] {
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const listed = git.status === 0 ? git.stdout.split('\0') : globSync('**/*', { cwd: ROOT, exclude: NOT_OURS });
  return listed.filter((file) => statSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile());
}

const files = listFiles();
const found: string[] = [];
for (const file of files) found.push(...(await secretsIn(file, readFileSync(join(ROOT, file), 'utf8'))));

console.log(
  found.length === 0
    ? `No credential in ${files.length} files`
    : `${found.join('\n')}\nOne that was pushed is known: replace it, then take it out.`,
);
// At once: secretlint would first sum up how long each of its rules took, for half a minute.
process.exit(found.length === 0 ? 0 : 1);
