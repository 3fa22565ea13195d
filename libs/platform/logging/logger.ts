import pino, { type DestinationStream, type LogFn, type Logger } from 'pino';
import type { Env } from '../config/env.js';
import { currentLogFields } from './log-context.js';
import { LogOutput } from './log-output.js';
import { redact, scrub } from './redact.js';
import { isError, safeMessage } from './serialize-error.js';

type LogSettings = Pick<Env, 'LOG_LEVEL' | 'OTEL_SERVICE_NAME' | 'LOG_BUFFER'>;

const ERROR = 50;

/** pino keeps it, too, under a symbol that it does not promise. */
const destinations = new WeakMap<Logger, DestinationStream>();

/** Lines of JSON on standard output. Errors are written at once; other lines may wait for 100 ms, which saves a system call each. */
export function createLogger(
  { LOG_LEVEL, OTEL_SERVICE_NAME, LOG_BUFFER }: LogSettings,
  destination: DestinationStream = standardOutput(LOG_BUFFER),
): Logger {
  const logger = pino(
    {
      level: LOG_LEVEL,
      base: { service: OTEL_SERVICE_NAME },
      mixin: currentLogFields,
      formatters: { level: (label) => ({ level: label }), log: redact },
      // `redact` made errors safe, at whatever depth they were.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: scrub, logMethod: writeSafely },
    },
    destination,
  );
  destinations.set(logger, destination);
  if (destination instanceof LogOutput)
    destination.whenLost((lost) => logger.warn({ lost }, 'Log lines were dropped, as nobody read them.'));
  return redactChildren(logger);
}

/** Where the lines of a logger go. @throws when it is not of createLogger */
export function destinationOf(logger: Logger): DestinationStream {
  const destination = destinations.get(logger);
  if (!destination) throw new Error('This logger was not made by createLogger: nobody knows where its lines go.');
  return destination;
}

/** An error without a message of its own gets a safe one, not the driver's. Errors are flushed, because the process may end right after. */
function writeSafely(this: Logger, args: Parameters<LogFn>, method: LogFn, level: number): void {
  const [fields, message] = args as [unknown, unknown];
  const error = isError(fields) ? fields : (fields as { err?: unknown } | null)?.err;
  const needsMessage = message === undefined && isError(error);

  method.apply(this, needsMessage ? [fields as object, safeMessage(error)] : args);
  if (level >= ERROR) this.flush();
}

/** Formatters do not see the bindings of child loggers. */
function redactChildren(logger: Logger): Logger {
  const { child } = logger;
  logger.child = function (this: Logger, bindings, options) {
    return child.call(this, redact(bindings), options);
  } as typeof child;
  return logger;
}

let shared: LogOutput | undefined;

/** One for the process: loggers that share a descriptor and not a buffer would shuffle their lines. @param limit characters */
function standardOutput(limit: number): LogOutput {
  if (shared) return shared;

  const output = new LogOutput(process.stdout, limit);
  process.on('exit', () => output.flushAll());
  return (shared = output);
}

/** Gives what has been logged so far its time to be read, in milliseconds: a process that exits loses the rest. */
export const writtenLog = async (milliseconds: number): Promise<void> => shared?.drain(milliseconds);

/** Lines that this process has dropped because nobody read them. */
export const lostLogLines = (): number => shared?.lostLines ?? 0;
