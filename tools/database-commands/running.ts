import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { RUN_ENVIRONMENT } from '../../test/run-environment.ts';
import { ROOT } from '../servers/local-directory.ts';

/** For specs: a command as somebody starts it without a terminal, where no `npm start` runs and whose shell knows no database. */
export async function run(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  const nobody = {
    ADMIN_EMAIL: 'admin@example.test',
    ADMIN_PASSWORD: 'only-for-tests',
    LOCAL_DIR: mkdtempSync(join(tmpdir(), 'local-')),
  };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...RUN_ENVIRONMENT, ...nobody, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: output + errors };
}

const PRISMA = join(createRequire(import.meta.url).resolve('prisma/package.json'), '../build/index.js');

export const prisma = (args: readonly string[], env: NodeJS.ProcessEnv) => run(PRISMA, args, env);
