import { InvalidEnvironment, loadEnv } from '#platform/config/load-env.js';
import { forgetDriverVariables } from '#platform/config/values/connection-strings.js';
import { AppError } from '#platform/kernel/errors/app-error.js';
import { HELP, Refusal, readArguments } from './arguments.js';

/** From the command line to the exit code. What went wrong is one line that says what to do. */
export async function run(argv: readonly string[], source: NodeJS.ProcessEnv): Promise<number> {
  try {
    const asked = readArguments(argv);
    process.stdout.write(`${asked.help ? HELP : await create(asked.email, source)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

/** Imported late: help needs no database. */
async function create(email: string, source: NodeJS.ProcessEnv): Promise<string> {
  forgetDriverVariables(source);
  const env = loadEnv(source);
  const { createAdministrator } = await import('./admin.js');
  return createAdministrator(env, email);
}

function explain(error: unknown): string {
  if (error instanceof Refusal || error instanceof InvalidEnvironment) return error.message;
  if (error instanceof AppError) return `Nobody was made an administrator. ${error.definition.title}: ${error.message}`;
  return `Nobody was made an administrator. ${(error as Error).message.trim()}\nIs Postgres there, and are the migrations applied?`;
}
