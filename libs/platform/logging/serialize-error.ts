import { isNativeError } from 'node:util/types';

const MAX_CAUSES = 5;

/** What drivers, Node and our own errors say about the kind of failure. Anything else an error carries may hold values. */
const SAFE_PROPERTIES = [
  'code',
  'severity',
  'constraint',
  'table',
  'column',
  'schema',
  'routine',
  'errno',
  'syscall',
  'status',
  'statusCode',
  'kind',
] as const;

/** Also true for errors of another realm, such as the one a test runner gives to tests. */
export const isError = (value: unknown): value is Error => isNativeError(value) || value instanceof Error;

/**
 * An error as a log may show it: its type, message, stack and causes.
 * Left out is what Postgres calls detail and where, what Prisma repeats of the query, and every property nobody asked for.
 */
export function serializeError(error: Error, causes = 0): Record<string, unknown> {
  const serialized: Record<string, unknown> = { type: error.name, message: safeMessage(error) };

  for (const name of SAFE_PROPERTIES) {
    const value = (error as unknown as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') serialized[name] = value;
  }
  serialized['stack'] = frames(error);
  if (causes === MAX_CAUSES) return serialized;

  if (isError(error.cause)) serialized['cause'] = serializeError(error.cause, causes + 1);
  if (error instanceof AggregateError) {
    serialized['errors'] = error.errors
      .filter(isError)
      .slice(0, MAX_CAUSES)
      .map((one) => serializeError(one, causes + 1));
  }
  return serialized;
}

/** A message without the values that Postgres and Prisma put into theirs. */
export function safeMessage(error: Error): string {
  if (!comesFromDatabase(error)) return error.message;
  // Prisma prints the call first and the reason last; Postgres quotes the offending value after a colon.
  const reason = error.message.trim().split('\n').at(-1) ?? '';
  return reason.replace(/: ?["'`].*$/s, '');
}

function comesFromDatabase(error: Error): boolean {
  return 'severity' in error || /^(?:Prisma|DriverAdapter)/.test(error.name);
}

/** Without the first lines, which repeat the message. */
function frames(error: Error): string {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
