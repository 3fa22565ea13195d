import type { Config } from '../../config/config.js';

const DEFAULT_CONCURRENCY = 8;

/** How many jobs one worker runs at a time. Each holds a connection, and the relay and the probes need one beside them. */
export const concurrencyOf = ({ JOBS_CONCURRENCY, DATABASE_POOL_SIZE }: Config): number =>
  JOBS_CONCURRENCY ?? Math.max(1, Math.min(DEFAULT_CONCURRENCY, DATABASE_POOL_SIZE - 1));
