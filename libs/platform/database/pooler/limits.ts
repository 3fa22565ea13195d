import type { Env } from '../../config/env.js';
import type { PostgresAddress } from '../../config/values/connection-strings.js';
import type { Statement } from '../wire/named-statement.js';

/** What Postgres is told of a connection, under its own names. Times in milliseconds. */
export type Limits = Readonly<{
  statement_timeout: number;
  lock_timeout: number;
  idle_in_transaction_session_timeout: number;
  /** Quoted. The name of a schema here holds no quote. */
  search_path: string;
}>;

export function limitsOf(env: Env, { schema }: Pick<PostgresAddress, 'schema'>): Limits {
  return {
    statement_timeout: env.DATABASE_STATEMENT_TIMEOUT,
    // What waits for a lock gives its connection back before those that wait for a connection give up.
    lock_timeout: env.DATABASE_LOCK_TIMEOUT ?? Math.ceil(env.DATABASE_CONNECT_TIMEOUT / 2),
    idle_in_transaction_session_timeout: env.DATABASE_STATEMENT_TIMEOUT * 3,
    search_path: `"${schema}"`,
  };
}

export const forWholeSession = (limits: Limits): string => settingText(limits, false);

export const forEachTransaction = (limits: Limits): Statement => ({
  name: 'database.limits',
  text: settingText(limits, true),
});

/** One statement for all of them: SET has one each, and takes no part in a prepared one. */
function settingText(limits: Limits, isLocal: boolean): string {
  const settings = Object.entries(limits).map(([name, value]) => `set_config('${name}', '${value}', ${isLocal})`);
  return `SELECT ${settings.join(', ')}`;
}
