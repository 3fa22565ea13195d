import { readVariables } from '../../../libs/platform/config/variables.ts';
import { localDirectory } from '../../servers/local-directory.ts';

export type Settings = Readonly<{ directory: string; apiPort: number; workerPort: number }>;

const OWN_VARIABLES = [
  'API_PORT',
  'WORKER_PORT',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'REDIS_URL',
  'PUBLIC_URL',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
];
const HELP_OPTIONS = ['--help', '-h'];

/** Said to the person who started us, in one line and without a stack. */
export class Problem extends Error {}

/** @throws Problem naming what is not understood, instead of starting as if it had not been said */
export function readArguments(argv: readonly string[]): { help: boolean } {
  const [unknown] = argv.filter((argument) => !HELP_OPTIONS.includes(argument));
  if (unknown !== undefined)
    throw new Problem(`npm start does not know ${unknown}. What it knows: npm start -- --help`);
  return { help: argv.length > 0 };
}

/**
 * What npm start itself has to know, or to hand on changed, is read from its file once and is a plain variable from then on.
 * @throws Problem
 */
export function takeFromFiles(env: NodeJS.ProcessEnv): void {
  const { values, problems } = readVariables(env, OWN_VARIABLES);
  if (problems.length > 0)
    throw new Problem(`The environment is not valid.\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  for (const name of OWN_VARIABLES) delete env[`${name}_FILE`];
  Object.assign(env, values);
}

/** @throws Problem */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const [apiPort, workerPort] = [readPort(env, 'API_PORT', 3000), readPort(env, 'WORKER_PORT', 3001)];
  if (apiPort === workerPort) throw new Problem('API_PORT and WORKER_PORT are the same: choose two.');
  return { directory: localDirectory(), apiPort, workerPort };
}

function readPort(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name] || String(otherwise);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`${name} must be a port, a number from 1 to 65535.`);
}

export const HELP = `npm start: the whole system on this machine. Ctrl-C stops all of it.

It starts what is missing (Postgres, Redis, a mailbox, an OpenID provider, an object store), builds, migrates, seeds, and runs api and worker.
They restart when apps/, libs/ or the models in prisma/ change; a migration that is missing or not applied is said.

  API_PORT=3000        port of the API
  WORKER_PORT=3001     port of the worker's health probes
  LOCAL_DIR=.local     where data, keys and logs are kept; delete it to begin again
  DATABASE_URL=…       use this Postgres instead of starting one
  REDIS_URL=…          use this Redis instead of starting one

Every variable of docs/environment.md is passed on. A second copy beside this one:
  LOCAL_DIR=.local-2 API_PORT=3100 WORKER_PORT=3101 npm start`;
