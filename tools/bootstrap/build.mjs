import { spawnSync } from 'node:child_process';
import { exclusively } from './exclusively.mjs';
import { ROOT } from './places.mjs';
import { step } from './step.mjs';

const BUILD = 'tools/local/build/build-outdated.ts';

/** Looks first, without a word and without writing anything. */
export async function buildIfOutdated(node, env) {
  if (spawnSync(node, [BUILD, '--check'], { cwd: ROOT, env, stdio: 'ignore' }).status === 0) return;
  await exclusively(() => step('Building what is missing or out of date', node, [BUILD], env));
}
