/** What stands between this service and Postgres is not what DATABASE_POOLER says: by a name that the public probes may show, and what to do. */
export const POOLER_TEXTS = {
  POOLER_REFUSES_SETTINGS:
    'A pooler before Postgres refuses what is set when a connection starts: name its pool_mode in DATABASE_POOLER.',
  POOLER_DROPS_SETTINGS:
    'A pooler before Postgres ignores what is set when a connection starts, so no timeout holds: name its pool_mode in DATABASE_POOLER.',
  POOLER_SHARES_CONNECTIONS:
    'The pooler before Postgres lends another connection to each transaction: set DATABASE_POOLER=transaction, or pool_mode=session there.',
  POOLER_LOSES_STATEMENTS:
    'The pooler before Postgres does not keep prepared statements: give it max_prepared_statements above 0 (PgBouncer 1.21 or later), ' +
    'or pool_mode=session and DATABASE_POOLER=session.',
} as const;

export type PoolerProblem = keyof typeof POOLER_TEXTS;
