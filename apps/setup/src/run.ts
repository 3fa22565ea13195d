import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newSecrets, productionEnv } from './production-env.js';

const HELP = `npm run env:production -- [--file=<path>]: makes the environment of a new production system.

It has a new APP_SECRET and new signing keys, and names what is left to fill in. In a container:
docker run --rm kit node dist/bundle/setup.js > production.env

  --file=<path>       writes there, readable by its owner alone; a file that is there stays as it is
  --secrets=<folder>  writes only the secrets, each into a file of its name, as platforms mount them; those that are there stay
  --print             lets the secrets be written to a terminal
  --help              shows this`;

/** Printed as one line, without a stack. */
class Refusal extends Error {}

/** From the command line to the exit code. */
export function run(argv: readonly string[], output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): number {
  try {
    const { file, secrets, print, help } = parse(argv);
    if (help) output.write(`${HELP}\n`);
    else if (secrets !== undefined) writeSecrets(secrets);
    else make(file, print, output);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function make(file: string | undefined, print: boolean, output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): void {
  if (file === undefined && output.isTTY && !print) {
    throw new Refusal(
      'Secrets are not written to a terminal: say --file=production.env, redirect standard output to a file, or say --print.',
    );
  }
  const { text, missing } = productionEnv();
  if (file === undefined) output.write(text);
  else write(file, text);
  process.stderr.write(`${file ?? 'The environment'} is complete but for what only you know: ${missing.join(', ')}.\n`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new Refusal(
        `${file} is there already, and may hold the secrets of a running system. Name another file, or move it away.`,
      );
    throw new Refusal(`${file} cannot be written (${code ?? 'unknown'}).`);
  }
}

/** For containers that begin together, such as those of docker-compose.yml: a second run changes nothing. */
function writeSecrets(folder: string): void {
  for (const [name, value] of newSecrets()) {
    const file = join(folder, name);
    try {
      writeFileSync(file, value, { mode: 0o600, flag: 'wx' });
      process.stderr.write(`${file} is new.\n`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new Refusal(`${file} cannot be written (${code ?? 'unknown'}).`);
    }
  }
}

function parse(argv: readonly string[]) {
  try {
    const options = {
      file: { type: 'string' },
      secrets: { type: 'string' },
      print: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('\n', 1)[0]} More with --help.`);
  }
}
