/** `npm run test:upgrade`: builds the last release beside this checkout, and lets it serve while the migrations of this one run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { releasedFile } from '../released-file.ts';
import { ROOT } from '../servers/local-directory.ts';
import { settleEnvironment } from '../servers/shell-environment.ts';

const HELP = `npm run test:upgrade [-- --from=<tag or commit>]

Checks out and builds the last release, which is the last tag before this commit, starts it, applies the migrations of this checkout while
somebody uses it, and starts this one beside it: test/upgrade.`;

function main(): number {
  const { values } = parseArgs({ options: { from: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const release = releasedFile('package.json', values.from)?.name;
  if (release === undefined) {
    console.log('No release yet: there is nothing to come from.');
    return 0;
  }
  const parent = mkdtempSync(join(tmpdir(), 'released-'));
  const checkout = join(parent, 'checkout');
  git('worktree', 'add', '--detach', checkout, release);
  try {
    for (const command of ['ci', 'run build']) run('npm', command.split(' '), checkout);
    settleEnvironment(process.env);
    process.env.RELEASED_CHECKOUT = checkout;
    return run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project=e2e', 'test/upgrade'], ROOT);
  } finally {
    git('worktree', 'remove', '--force', checkout);
    rmSync(parent, { recursive: true });
  }
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });

/** @throws Error when npm fails: what it builds has passed its own tests */
function run(command: string, args: readonly string[], cwd: string): number {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (command === 'npm' && status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
  return status ?? 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
