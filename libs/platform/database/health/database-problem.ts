import { NODE_TLS_CODE } from '../../outbound/tls-failure.js';
import { failureCodes } from '../failures/failure-codes.js';
import { POOLER_TEXTS } from '../pooler/pooler-problem.js';
import { REPLICA_TEXTS } from '../replicas/replica-problem.js';

/** What keeps the service from using Postgres, by a name that the public probes may show, and what to do about it. */
const TEXTS = {
  DATABASE_UNAVAILABLE: 'No connection to the database: see that Postgres runs and that DATABASE_URL leads to it.',
  DATABASE_CREDENTIALS_REFUSED:
    'Postgres refuses the user or password of DATABASE_URL, or that user from this address.',
  DATABASE_PERMISSION_MISSING: 'The user of DATABASE_URL lacks a permission on the database.',
  DATABASE_UNKNOWN: 'The server of DATABASE_URL has no database of that name.',
  DATABASE_TLS_FAILED: 'TLS to Postgres fails: see sslmode in DATABASE_URL, and the certificate.',
  DATABASE_TOO_MANY_CONNECTIONS:
    'Postgres has no connection left: see max_connections, and DATABASE_POOL_SIZE of all processes together.',
  DATABASE_READ_ONLY: 'DATABASE_URL leads to a Postgres that takes no writes: a standby.',
  ...POOLER_TEXTS,
  ...REPLICA_TEXTS,
} as const;

export type DatabaseProblem = keyof typeof TEXTS;
export const DATABASE_PROBLEMS = Object.keys(TEXTS) as [DatabaseProblem, ...DatabaseProblem[]];
export const databaseTextOf = (problem: DatabaseProblem): string => TEXTS[problem];

/** SQLSTATE (PostgreSQL, appendix A), or Node's code. */
const BY_CODE: readonly (readonly [DatabaseProblem, RegExp])[] = [
  ['DATABASE_CREDENTIALS_REFUSED', /^28/],
  ['DATABASE_PERMISSION_MISSING', /^42501$/],
  ['DATABASE_UNKNOWN', /^3D000$/],
  ['DATABASE_TOO_MANY_CONNECTIONS', /^53300$/],
  ['DATABASE_READ_ONLY', /^25006$/],
  ['DATABASE_TLS_FAILED', NODE_TLS_CODE],
];

/** pg gives it no code. */
const NO_TLS = /The server does not support SSL connections/;

export function databaseProblemOf(error: unknown): DatabaseProblem {
  const codes = failureCodes(error).map(String);
  const known = BY_CODE.find(([, pattern]) => codes.some((code) => pattern.test(code)));
  if (known) return known[0];
  return NO_TLS.test(String((error as Partial<Error> | null)?.message))
    ? 'DATABASE_TLS_FAILED'
    : 'DATABASE_UNAVAILABLE';
}
