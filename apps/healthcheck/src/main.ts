import { readdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { readVariables } from '#platform/config/variables.js';

/*
 * Docker's HEALTHCHECK: whether the program of this container answers, at its own port. One image holds several, and where containers share
 * a network (host networking, one task of several containers) the port of another answers as well. So it is asked which one runs here.
 */

const PROGRAM = /(?:^|\0)dist\/bundle\/(api|worker)\.js\0/;
const { values: settings } = readVariables(process.env, ['API_PORT', 'WORKER_PORT']);
const PORTS = { api: settings.API_PORT ?? '3000', worker: settings.WORKER_PORT ?? '3001' };
/** Below the timeout of the HEALTHCHECK, which would tell no reason. */
const TIMEOUT_MS = 2_000;

const running = programsIn('/proc');
if (running.size === 0) fail('Neither the api nor the worker runs here.');
for (const program of running) await check(program);

/** By their command lines; a container sees no processes but its own. */
function programsIn(proc: string): Set<keyof typeof PORTS> {
  const commands = readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(`${proc}/${pid}/cmdline`));
  return new Set(commands.flatMap((command) => (PROGRAM.exec(command)?.slice(1) ?? []) as (keyof typeof PORTS)[]));
}

function commandOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended, or is somebody else's.
    return '';
  }
}

async function check(program: keyof typeof PORTS): Promise<void> {
  const url = `http://127.0.0.1:${PORTS[program]}/health/live`;
  try {
    const status = await statusOf(url);
    if (status !== 200) fail(`The ${program} answers ${status}.`);
  } catch (error) {
    fail(`The ${program} does not answer: ${(error as Error).message}`);
  }
}

/** Without an agent, and so without the proxy that an environment may name. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}

function fail(reason: string): never {
  process.stdout.write(`${reason}\n`);
  process.exit(1);
}
