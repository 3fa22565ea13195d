import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '../config/config.js';
import { Shutdown } from '../kernel/shutdown.js';
import { writtenLog } from '../logging/logger.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { leaveSignalsToOthers } from './stop-while-starting.js';

/** A reader that is there has read it all by then; one that is not keeps nobody waiting. */
const LOG_READER_MS = 500;

/**
 * On SIGTERM or SIGINT: readiness turns 503 while the listener still answers, so that load balancers look elsewhere before it closes;
 * then requests and jobs under way finish, pools close, telemetry is sent, and the process exits with 0; with 1 if that takes too long.
 */
export function stopGracefully(app: NestFastifyApplication, telemetry: Telemetry): void {
  const logger = new Logger('Shutdown');
  const { SHUTDOWN_TIMEOUT } = app.get(Config);
  let isStopping = false;
  sendClientsElsewhere(app);

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // A second signal, such as the other Ctrl-C of an impatient user, must not interrupt what the first began.
    if (isStopping) return;
    isStopping = true;
    logger.log(`${signal}: stopping.`);
    setTimeout(() => giveUp(logger, SHUTDOWN_TIMEOUT), SHUTDOWN_TIMEOUT);
    try {
      await close(app);
      await telemetry.shutdown();
      await writtenLog(LOG_READER_MS);
      process.exit(0);
    } catch (error) {
      logger.error(error);
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  leaveSignalsToOthers();
}

async function close(app: NestFastifyApplication): Promise<void> {
  app.get(Shutdown).begin();
  await sleep(app.get(Config).SHUTDOWN_DRAIN);
  await app.close();
}

/** A client that keeps its connection would otherwise come back through it until the end; those whose request is under way are told, too. */
function sendClientsElsewhere(app: NestFastifyApplication): void {
  const shutdown = app.get(Shutdown);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (shutdown.hasBegun) reply.header('connection', 'close');
      done();
    });
}

function giveUp(logger: Logger, timeout: number): void {
  logger.error(`Not stopped within ${timeout} ms: exiting with work unfinished.`);
  process.exit(1);
}
