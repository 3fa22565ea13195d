import pg from 'pg';
import { type PostgresAddress, postgresAddress } from '../config/connection-strings.js';
import type { Env } from '../config/env.js';

/** int8 is the type of counts and money; both stay below 2^53 here. Prisma parses its own results. */
const INT8 = 20;

/** How a value is read whose type has this object id in Postgres. */
export function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 && format !== 'binary') return Number;
  return format === undefined ? pg.types.getTypeParser(oid) : pg.types.getTypeParser(oid, format);
}

/** How pg connects, and the schema whose tables are meant: plain SQL finds them by the search path, Prisma wants the name. */
export type ConnectionOptions = pg.PoolConfig & Readonly<{ schema: string }>;

/** Every wait has an end: all of these are unlimited by default, and a frozen server would freeze us. */
export function connectionOptions(env: Env, applicationName: string): ConnectionOptions {
  const address = postgresAddress(env.DATABASE_URL);
  return {
    ...address,
    options: searchPathOption(address),
    application_name: applicationName,
    max: env.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: env.DATABASE_CONNECT_TIMEOUT,
    idleTimeoutMillis: 30_000,
    statement_timeout: env.DATABASE_STATEMENT_TIMEOUT,
    lock_timeout: env.DATABASE_STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: env.DATABASE_STATEMENT_TIMEOUT * 3,
    // The server's own timeout answers first; this one is for a server that does not answer at all.
    query_timeout: env.DATABASE_STATEMENT_TIMEOUT + 1_000,
    // The system asks idle peers whether they are still there: NATs then keep the connection, and dead ones end.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  };
}

/** For the start of a connection. */
export const searchPathOption = ({ schema }: Pick<PostgresAddress, 'schema'>): string => `-c search_path="${schema}"`;
