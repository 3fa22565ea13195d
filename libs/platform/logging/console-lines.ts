import { format } from 'node:util';
import type { Logger } from 'pino';
import { scrub } from './redact.js';

/** Libraries print here what they tell nobody else. As lines like all others, which collectors can read; without the secrets they may quote. */
export function logConsole(logger: Logger): void {
  const as =
    (level: 'info' | 'warn' | 'error') =>
    (...values: unknown[]) =>
      logger[level]({ context: 'console' }, scrub(format(...values)));
  Object.assign(console, { log: as('info'), info: as('info'), warn: as('warn'), error: as('error') });
}
