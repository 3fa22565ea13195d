import { scrub } from '../../logging/redact.js';
import { isError, serializeError } from '../../logging/serialize-error.js';

const MAX_LENGTH = 300;

/** What operators may read about a failure for as long as the dead letter lies there: one line, as safe as a log line. */
export function failureText(error: unknown): string {
  if (!isError(error)) return 'An unknown failure.';

  const { type, message } = serializeError(error);
  const [line = ''] = String(message).replaceAll('\0', '').trim().split('\n', 1);
  return scrub(`${String(type)}: ${line}`).slice(0, MAX_LENGTH);
}
