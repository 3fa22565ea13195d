import type { Logger } from 'pino';
import { createLogger } from '../../logging/logger.js';

/** The real logger, writing into memory. */
export class RecordedLog {
  readonly logger: Logger;
  private output = '';

  constructor(level: 'trace' | 'info' = 'info') {
    this.logger = createLogger(
      { LOG_LEVEL: level, OTEL_SERVICE_NAME: 'under-test', LOG_BUFFER: 0 },
      { write: (line) => void (this.output += line) },
    );
  }

  /** Exactly what was written. */
  get text(): string {
    return this.output;
  }

  get lines(): Record<string, unknown>[] {
    return this.output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
