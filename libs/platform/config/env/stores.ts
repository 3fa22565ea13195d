import { z } from 'zod';
import { hostAndPort } from '../values/addresses.js';
import { certificates } from '../values/certificates.js';
import { milliseconds, wholeNumber } from '../values/numbers.js';
import { postgresUrl, redisUrl } from '../values/server-urls.js';
import { list, secret } from './marks.js';

/** Postgres and Redis. */
export const storeVariables = {
  DATABASE_URL: postgresUrl
    .meta(secret('postgresql://postgres:postgres@127.0.0.1:5432/app'))
    .describe(
      'Postgres connection string. `?schema=` names the schema (public), `?sslmode=` is disable, verify-full or no-verify (require checks ' +
        'the certificate, too), with `sslrootcert`, `sslcert` and `sslkey` for files; a socket is `?host=/run/postgresql`.',
    ),
  DATABASE_POOLER: z
    .enum(['none', 'session', 'transaction'])
    .default('none')
    .describe(
      'What stands between this service and Postgres: `none`; a pooler with pool_mode=`session`, of any version; or with `transaction`, ' +
        'such as PgBouncer from 1.21 on with max_prepared_statements above 0.',
    ),
  DATABASE_WIRE: z
    .enum(['batched', 'plain'])
    .default('batched')
    .describe(
      'How statements get to Postgres: `batched`, several in one message where that is possible; or `plain`, by nothing but what pg promises: ' +
        'slower, for the day when a new version of pg and this service do not get along.',
    ),
  DATABASE_DIRECT_URL: postgresUrl
    .optional()
    .meta(secret())
    .describe(
      'The same database past a pooler in transaction mode, for migrations and LISTEN, which need a connection of their own. Without it ' +
        'db:migrate refuses to run there, and jobs start within two seconds instead of at once.',
    ),
  DATABASE_REPLICA_URL: list
    .pipe(z.array(postgresUrl))
    .default([])
    .meta(secret())
    .describe(
      'Streaming standbys of that database, separated by commas (one inside is %2C): reads that may be stale go there, and to the primary ' +
        'when a standby is away, too far behind or none. What DATABASE_POOLER says holds for them, too.',
    ),
  DATABASE_REPLICA_MAX_LAG: milliseconds
    .min(3_000)
    .default(5_000)
    .describe(
      'How old what a standby answers may be, in milliseconds. For as long after a write, its maker reads from the primary.',
    ),
  DATABASE_POOL_SIZE: wholeNumber
    .min(1)
    .max(500)
    .default(10)
    .describe('Connections of one process to the primary, and as many to each standby.'),
  DATABASE_CONNECT_TIMEOUT: milliseconds
    .default(3_000)
    .describe(
      'Longest wait until a connection of the pool is free, and until a new one is open: each, in milliseconds.',
    ),
  DATABASE_STATEMENT_TIMEOUT: milliseconds
    .default(10_000)
    .describe('Longest time one statement may take, in milliseconds.'),
  DATABASE_LOCK_TIMEOUT: milliseconds
    .optional()
    .describe(
      'Longest wait for a row or table that another transaction has locked, in milliseconds: shorter than DATABASE_CONNECT_TIMEOUT, so that ' +
        'one locked table does not keep all connections. Default: half of it.',
    ),
  REDIS_URL: redisUrl
    .meta(secret('redis://127.0.0.1:6379'))
    .describe(
      'Redis connection string: `redis://` or, encrypted, `rediss://`; `/1` at its end chooses a database, `?family=0` allows IPv6. ' +
        'With REDIS_SENTINELS the host is the name of the master: `redis://:password@mymaster`.',
    ),
  REDIS_SENTINELS: list
    .pipe(z.array(hostAndPort))
    .default([])
    .describe(
      'Sentinels that know where the master is, `host:port`, separated by commas. Without any, REDIS_URL says it.',
    ),
  REDIS_SENTINEL_PASSWORD: z
    .string()
    .optional()
    .meta(secret())
    .describe('What the Sentinels want to hear, if it is anything.'),
  REDIS_CLUSTER_NODES: list
    .pipe(z.array(hostAndPort))
    .default([])
    .describe(
      'Nodes of a Redis Cluster, `host:port`, separated by commas; they know the others. REDIS_URL then says user, password and TLS alone.',
    ),
  REDIS_CA: certificates
    .optional()
    .describe(
      'Authorities that sign the certificates of Redis and of Sentinels, in PEM, where it is none of those that Node trusts: ' +
        'REDIS_CA_FILE=/path/to/authority.pem. For rediss:// only.',
    ),
  REDIS_TIMEOUT: milliseconds.default(1_000).describe('Longest time one Redis command may take, in milliseconds.'),
};
