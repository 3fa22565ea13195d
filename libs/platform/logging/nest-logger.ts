import type { LoggerService } from '@nestjs/common';
import { Logger as NestPinoLogger, PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';

/**
 * Nest's own lines, and those of `new Logger('Context')`, in the process's log.
 * Only nestjs-pino's logger is used: its module would add a middleware to every request.
 */
export function nestLogger(logger: Logger): LoggerService {
  const params = { pinoHttp: { logger, wrapSerializers: false, autoLogging: false } };
  return new NestPinoLogger(new PinoLogger(params), params);
}
