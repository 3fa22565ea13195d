import type { LoggerService } from '@nestjs/common';
import { Logger as NestPinoLogger, PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';

/** Where Nest tells about every module and route it finds: for looking into a start that went wrong. */
const CHATTER = new Set<unknown>([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/**
 * Nest's own lines, and those of `new Logger('Context')`, in the process's log.
 * Only nestjs-pino's logger is used: its module would add a middleware to every request.
 */
export function nestLogger(logger: Logger): LoggerService {
  const params = { pinoHttp: { logger, wrapSerializers: false, autoLogging: false } };
  return new QuietLogger(new PinoLogger(params), params);
}

class QuietLogger extends NestPinoLogger {
  override log(message: unknown, ...params: unknown[]): void {
    if (CHATTER.has(params.at(-1))) super.debug(message, ...params);
    else super.log(message, ...params);
  }
}
