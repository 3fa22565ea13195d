import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '../config/env.js';
import { InvalidEnvironment, loadEnv } from '../config/load-env.js';
import { forgetDriverVariables } from '../config/values/connection-strings.js';
import { logConsole } from '../logging/console-lines.js';
import { createLogger } from '../logging/logger.js';
import { startTelemetry } from '../telemetry/start.js';
import { stopGracefully } from './stop-gracefully.js';

type App = Readonly<{
  portVariable: 'API_PORT' | 'WORKER_PORT';
  /** Imports the application only when called: meters that are asked for before telemetry has started stay empty. */
  create: (env: Env) => Promise<NestFastifyApplication>;
}>;

/** What to do when the system does not let us listen, by its error code. */
const CANNOT_LISTEN: Readonly<Record<string, (variable: string, port: number) => string>> = {
  EADDRINUSE: (variable, port) => `Port ${port} is taken: stop what uses it, or set ${variable} to another one.`,
  EACCES: (variable, port) =>
    `Port ${port} needs rights that this process does not have: set ${variable} to one above 1023.`,
  EADDRNOTAVAIL: () => 'HOST is no address of this machine: set it to 0.0.0.0 for all of them, or to 127.0.0.1.',
};

/** A process from its environment to its end. What keeps it from starting is one line that says what to do, and exit code 1. */
export async function runApp(source: NodeJS.ProcessEnv, { portVariable, create }: App): Promise<void> {
  forgetDriverVariables(source);
  const env = readEnvironment(source);
  const logger = createLogger(env);
  logConsole(logger);
  try {
    const telemetry = await startTelemetry(env, (problem) => logger.warn(problem));
    const app = await create(env);
    stopGracefully(app, telemetry);
    const { HealthReports } = await import('../health/health-reports.js');
    const health = app.get(HealthReports);
    await health.logWhatIsMissing();
    await app.init();
    // Redis is asked once its connection has had its chance.
    await health.ready();
    // Not `app.listen`, which adds an error line of its own to what is said below.
    const url = await app.getHttpAdapter().getInstance().listen({ port: env[portVariable], host: env.HOST });
    logger.info(`Listening on ${url}`);
  } catch (error) {
    const { syscall, code = '' } = error as NodeJS.ErrnoException;
    const advice = syscall === 'listen' ? CANNOT_LISTEN[code] : undefined;
    if (advice) logger.fatal(advice(portVariable, env[portVariable]));
    else if (error instanceof InvalidEnvironment) logger.fatal(error.message);
    else logger.fatal({ err: error }, 'The process could not start.');
    process.exit(1);
  }
}

function readEnvironment(source: NodeJS.ProcessEnv): Env {
  try {
    return loadEnv(source);
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
