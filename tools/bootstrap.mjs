// Plain JavaScript without dependencies: it runs on whatever Node a machine has (20 and later), before anything is installed.
// Usage: node tools/bootstrap.mjs [--built] [--beside-start] <script> [arguments]
//   --built         dist/ is brought up to date before
//   --beside-start  finds the system that npm start runs here, unless the environment names another
// Installs what package-lock.json asks for, then runs the script on Node 24.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfOutdated } from './bootstrap/build.mjs';
import { installIfNeeded } from './bootstrap/install.mjs';
import { chooseNode } from './bootstrap/node.mjs';
import { BIN, ROOT } from './bootstrap/places.mjs';
import { run } from './bootstrap/run.mjs';
import { variablesOfStart } from './bootstrap/running-system.mjs';
import { requireUsableFolder } from './bootstrap/usable-folder.mjs';

const OPTIONS = ['--built', '--beside-start'];
const given = process.argv.slice(2);
const options = given.slice(
  0,
  given.findIndex((argument) => !OPTIONS.includes(argument)),
);
const [script, ...args] = given.slice(options.length);
const separator = process.platform === 'win32' ? ';' : ':';
const env = { ...process.env, PATH: `${BIN}${separator}${process.env.PATH}` };

try {
  if (script === undefined)
    throw new Error('Usage: node tools/bootstrap.mjs [--built] [--beside-start] <script> [arguments]');
  requireUsableFolder();
  await installIfNeeded();
  const node = chooseNode();
  if (options.includes('--built')) await buildIfOutdated(node, env);
  if (options.includes('--beside-start')) Object.assign(env, variablesOfStart(env));
  await run(node, [script, ...args], env);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
