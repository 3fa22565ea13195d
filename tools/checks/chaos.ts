/**
 * The long form of a test that `npm test` runs in a short one: says how it goes, and at the end what was killed how often.
 * npm run test:chaos [-- <parcels>]
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../servers/local-directory.ts';
import { settleEnvironment } from '../servers/shell-environment.ts';

const [parcels = '10000'] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(parcels)) throw new Error(`npm run test:chaos -- <parcels>, a whole number: not ${parcels}`);

settleEnvironment(process.env);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project=e2e', 'test/chaos/nothing-is-lost'],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, CHAOS_PARCELS: parcels } },
);
process.exitCode = status ?? 1;
