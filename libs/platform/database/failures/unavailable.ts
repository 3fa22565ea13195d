import type { UnavailableReason } from '../../kernel/errors/service-unavailable.js';
import { failureCodes } from './failure-codes.js';

/** PostgreSQL, appendix A: 08 connection, 53 resources, 57 operator intervention; time limits; a primary that has become a standby. */
const SQLSTATE = /^(?:08\w{3}|53\w{3}|57014|57P0[1-5]|25P03|55P03|25006)$/;
const ERRNO = /^E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|(?:HOST|NET)UNREACH|NOTFOUND|AI_AGAIN)$/;
const PRISMA =
  /^(?:P1001|P1002|P1008|P1017|P2024|P2037|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;

/** pg and its pool give these failures no code. */
const MESSAGE =
  /^(?:Connection terminated|Query read timeout$|timeout exceeded when trying to connect$|Client (?:was closed|has encountered a connection error) and is not queryable$|Cannot use a pool after calling end)/;

/** SQLSTATE of a lock that was not to be had, of a statement that took too long, and of a server without room for one more. */
const REASONS: Readonly<Record<string, UnavailableReason>> = {
  '55P03': 'database-lock',
  '57014': 'database-timeout',
  '53300': 'database-pool',
  P2024: 'database-pool',
  P2037: 'database-pool',
  TooManyConnections: 'database-pool',
};
const REASONS_BY_MESSAGE: Readonly<Record<string, UnavailableReason>> = {
  'Query read timeout': 'database-timeout',
  'timeout exceeded when trying to connect': 'database-pool',
};

/**
 * Why Postgres could not be asked, or did not answer in time: nothing is wrong with the question, and later it may succeed.
 * Undefined for every other failure.
 */
export function databaseUnavailability(error: unknown): UnavailableReason | undefined {
  const codes = failureCodes(error).filter((code) => typeof code === 'string');
  const known = codes.find((code) => SQLSTATE.test(code) || ERRNO.test(code) || PRISMA.test(code));
  if (known !== undefined) return codes.map((code) => REASONS[code]).find((reason) => reason) ?? 'database';

  const message = String((error as Partial<Error> | null)?.message);
  return MESSAGE.test(message) ? (REASONS_BY_MESSAGE[message] ?? 'database') : undefined;
}
