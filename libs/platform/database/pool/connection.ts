import type pg from 'pg';
import type { Env } from '../../config/env.js';
import { type PostgresAddress, postgresAddress } from '../../config/values/connection-strings.js';
import { forEachTransaction, forWholeSession, type Limits, limitsOf } from '../pooler/limits.js';
import { parserOf } from '../wire/parser-of.js';
import { TransactionPooledClient } from '../wire/transaction-pooled-client.js';

/** How pg connects, and the schema whose tables are meant: plain SQL finds them by the search path, Prisma wants the name. */
export type ConnectionOptions = pg.PoolConfig &
  Readonly<{ schema: string; connectionTimeoutMillis: number; wire: Env['DATABASE_WIRE'] }>;

/** Every wait has an end: all of these are unlimited by default, and a frozen server would freeze us. */
export function connectionOptions(env: Env, applicationName: string, url = env.DATABASE_URL): ConnectionOptions {
  const address = postgresAddress(url);
  return {
    ...clientOptions(env, address, applicationName),
    ...limiting(env, limitsOf(env, address)),
    schema: address.schema,
    wire: env.DATABASE_WIRE,
  };
}

/**
 * For a connection that has to stay the same one, as LISTEN needs it: null where only a pooler is reached that lends another one to each
 * transaction. Its limits are set with `forWholeSession`, since nobody says what else stands between.
 */
export function sessionOptions(env: Env, applicationName: string): pg.ClientConfig | null {
  if (env.DATABASE_POOLER === 'transaction' && env.DATABASE_DIRECT_URL === undefined) return null;
  return clientOptions(env, postgresAddress(env.DATABASE_DIRECT_URL ?? env.DATABASE_URL), applicationName);
}

function clientOptions(env: Env, address: PostgresAddress, applicationName: string) {
  return {
    ...address,
    application_name: applicationName,
    max: env.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: env.DATABASE_CONNECT_TIMEOUT,
    idleTimeoutMillis: 30_000,
    // The server's own timeout answers first; this one is for a server that does not answer at all.
    query_timeout: env.DATABASE_STATEMENT_TIMEOUT + 1_000,
    // The system asks idle peers whether they are still there: NATs then keep the connection, and dead ones end.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  };
}

/** Where the limits are set that the server keeps (docs/decisions/014). */
function limiting(env: Env, limits: Limits): pg.PoolConfig {
  switch (env.DATABASE_POOLER) {
    case 'none': {
      const { search_path: path, ...timeouts } = limits;
      return { ...timeouts, options: `-c search_path=${path}` };
    }
    case 'session':
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- pg's pool waits for it, which its types do not say
      return { onConnect: (client) => client.query(forWholeSession(limits)) };
    case 'transaction':
      return { Client: TransactionPooledClient.setting(forEachTransaction(limits)) };
  }
}
