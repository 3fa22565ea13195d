import { existsSync } from 'node:fs';
import { forgetDriverVariables } from '../../libs/platform/config/values/connection-strings.ts';

/** What a program needs of the machine. Postgres and Redis and the provider get nothing else of the shell (docs/decisions/039). */
const OF_THE_MACHINE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|SYSTEMROOT|LANG|LC_CTYPE|XDG_\w+|DOCKER_\w+|CHECKPOINT_DISABLE|DO_NOT_TRACK|DEBUG_SCHEMA_ENGINE|NODE_COMPILE_CACHE)$/i;
/** What Prisma needs besides: which schema engine to start, and the way to where it is fetched. */
const OF_PRISMA = /^(PRISMA_\w*ENGINE\w*|(HTTPS?|ALL|NO)_PROXY)$/i;
const THIS_MACHINE = ['localhost', '127.0.0.1', '::1'];
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** The environment of a program that has no settings of its own in the shell. */
export const machineEnvironment = (): NodeJS.ProcessEnv => variables(OF_THE_MACHINE);

export const prismaEnvironment = (): NodeJS.ProcessEnv => ({ ...machineEnvironment(), ...variables(OF_PRISMA) });

const variables = (names: RegExp): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));

/**
 * At the start of a tool: takes from its environment, and so from all that it starts, what is meant for other programs and would lead
 * ours elsewhere. The rest of the shell is passed on to the services: it may be theirs.
 */
export function settleEnvironment(env: NodeJS.ProcessEnv): void {
  forgetDriverVariables(env);
  // A folder of a session that has ended, or of another machine: the system's own is used instead.
  if (env.TMPDIR && !existsSync(env.TMPDIR)) delete env.TMPDIR;
  if (!PROXIES.some((name) => env[name])) return;
  // Node reads the lower-case one first.
  const exempted = [env.no_proxy || env.NO_PROXY, ...THIS_MACHINE].filter(Boolean).join(',');
  Object.assign(env, { NO_PROXY: exempted, no_proxy: exempted });
}
