import { failureCodes } from './failure-codes.js';

/** PostgreSQL, appendix A: 08 connection, 53 resources, 57 operator intervention; time limits; a primary that has become a standby. */
const SQLSTATE = /^(?:08\w{3}|53\w{3}|57014|57P0[1-5]|25P03|55P03|25006)$/;
const ERRNO = /^E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|(?:HOST|NET)UNREACH|NOTFOUND|AI_AGAIN)$/;
const PRISMA =
  /^(?:P1001|P1002|P1008|P1017|P2024|P2037|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;

/** pg and its pool give these failures no code. */
const MESSAGE =
  /^(?:Connection terminated|Query read timeout$|timeout exceeded when trying to connect$|Client (?:was closed|has encountered a connection error) and is not queryable$|Cannot use a pool after calling end)/;

/** Whether Postgres could not be asked, or did not answer in time: nothing is wrong with the question, and later it may succeed. */
export function isUnavailable(error: unknown): boolean {
  if (
    failureCodes(error).some(
      (code) => typeof code === 'string' && (SQLSTATE.test(code) || ERRNO.test(code) || PRISMA.test(code)),
    )
  )
    return true;
  return MESSAGE.test(String((error as Partial<Error> | null)?.message));
}
