import type { Logger } from 'pino';

/**
 * The process's logger, injectable. Secrets and e-mail addresses are taken out of every line, whatever is handed to it,
 * and what is logged while a request or a job runs names that request or job.
 */
export interface Log extends Logger {}
export abstract class Log {}
