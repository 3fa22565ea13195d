import { z } from 'zod';
import { hostAndPort, listeningAddress, proxyAddress } from './addresses.js';
import { json } from './json.js';
import { sender } from './mail-address.js';
import { milliseconds, millisecondsOrNone, port, seconds, secondsOrNone, wholeNumber } from './numbers.js';
import { oidcProviders, redirectUris } from './oidc.js';
import { signingKeys } from './signing-key.js';
import { rateLimits } from './rate-limits.js';
import { postgresUrl, redisUrl, smtpUrl } from './server-urls.js';
import { baseAddress, collectorAddress, origin, webAddress } from './urls.js';

const flag = z.stringbool();
const list = z
  .string()
  .transform((value) => value.split(',').map((item) => item.trim()).filter((item) => item !== ''))
  .pipe(z.array(z.string()));
/** Every process remembers ended sessions for as long, and services that verify tokens by themselves trust them for as long. */
const LONGEST_ACCESS_TTL_SECONDS = 3_600;
/** Marks a secret. Its sample stands in .env.example, where everybody can read it, so production refuses it. */
const secret = (sample?: string) => ({ secret: true, sample });
/** Its default is good on one's own machine and wrong everywhere else, where nobody would notice for a while. */
const ownInProduction = { requiredInProduction: true };

/**
 * Every variable the service reads, in one place, a property on each line: what it may be; its default, or that it is optional
 * (with neither it is required); whether it is secret; what it is for.
 *
 * `npm run docs` writes docs/environment.md and .env.example from them. Each can also be given as NAME_FILE, the path of a file
 * that holds the value. Rules about several variables stand in rules.ts.
 */
export const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'])
    .default('development')
    .describe('Production refuses sample secrets and hides the interactive docs.'),
  HOST: listeningAddress
    .default('127.0.0.1')
    .describe('Address to listen on; 0.0.0.0 in a container.'),
  API_PORT: port
    .default(3000)
    .describe('Port of the API.'),
  WORKER_PORT: port
    .default(3001)
    .describe("Port of the worker's health probes."),
  PUBLIC_URL: baseAddress
    .default('http://localhost:3000')
    .meta(ownInProduction)
    .describe('Where clients reach the API; the base of links, problem types and the token issuer. May have a path, which the proxy takes away or leaves.'),
  WEB_URL: baseAddress
    .optional()
    .describe(
      'Where people reach the web client; links in mails lead to its /verify-email#token=… and /reset-password#token=…. ' +
        'Default: PUBLIC_URL, where plain pages do the same.',
    ),
  CORS_ORIGINS: list.pipe(z.array(origin))
    .default([])
    .describe('Origins of browsers that may call the API, separated by commas: `https://app.example.com`, compared character by character.'),
  TRUSTED_PROXIES: list.pipe(z.array(proxyAddress))
    .default([])
    .describe('Addresses or CIDR ranges whose X-Forwarded-For is believed, separated by commas.'),
  BODY_LIMIT: wholeNumber.min(1024)
    .default(1_048_576)
    .describe('Largest request body, in bytes; routes that need no credentials take 32,768 at most.'),
  BODY_LIMIT_TOTAL: wholeNumber.min(8192)
    .default(33_554_432)
    .describe('What all request bodies under way may take of the memory of one process, in bytes; one caller may have a quarter of it.'),
  REQUEST_TIMEOUT: milliseconds
    .default(30_000)
    .describe('Longest time a request may take, in milliseconds.'),
  EVENT_LOOP_DELAY_LIMIT: millisecondsOrNone
    .default(1_000)
    .describe('How late the event loop may be before requests are refused with 503, in milliseconds; 0 never refuses. Probes are answered all the same.'),
  SHUTDOWN_DRAIN: millisecondsOrNone
    .default(5_000)
    .describe('How long the listener stays open after readiness has turned 503, in milliseconds; shorter than SHUTDOWN_TIMEOUT.'),
  SHUTDOWN_TIMEOUT: milliseconds
    .default(25_000)
    .describe('Whole time a process may take to stop after SIGTERM, in milliseconds.'),
  DOCS: flag
    .optional()
    .describe('Serve /docs and /openapi.json. Default: everywhere but in production.'),

  DATABASE_URL: postgresUrl
    .meta(secret('postgresql://postgres:postgres@127.0.0.1:5432/app'))
    .describe(
      'Postgres connection string. `?schema=` names the schema (public), `?sslmode=` is disable, verify-full or no-verify (require checks ' +
        'the certificate, too), with `sslrootcert`, `sslcert` and `sslkey` for files; a socket is `?host=/run/postgresql`.',
    ),
  DATABASE_POOLER: z.enum(['none', 'session', 'transaction'])
    .default('none')
    .describe(
      'What stands between this service and Postgres: `none`; a pooler with pool_mode=`session`, of any version; or with `transaction`, ' +
        'such as PgBouncer from 1.21 on with max_prepared_statements above 0.',
    ),
  DATABASE_DIRECT_URL: postgresUrl
    .optional()
    .meta(secret())
    .describe(
      'The same database past a pooler in transaction mode, for migrations and LISTEN, which need a connection of their own. Without it ' +
        'db:migrate refuses to run there, and jobs start within two seconds instead of at once.',
    ),
  DATABASE_POOL_SIZE: wholeNumber.min(1).max(500)
    .default(10)
    .describe('Connections of one process.'),
  DATABASE_CONNECT_TIMEOUT: milliseconds
    .default(3_000)
    .describe('Longest wait for a connection, new or from the pool, in milliseconds.'),
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
  REDIS_SENTINELS: list.pipe(z.array(hostAndPort))
    .default([])
    .describe('Sentinels that know where the master is, `host:port`, separated by commas. Without any, REDIS_URL says it.'),
  REDIS_SENTINEL_PASSWORD: z.string()
    .optional()
    .meta(secret())
    .describe('What the Sentinels want to hear, if it is anything.'),
  REDIS_TIMEOUT: milliseconds
    .default(1_000)
    .describe('Longest time one Redis command may take, in milliseconds.'),

  APP_SECRET: z.string().min(32)
    .meta(secret('sample-secret-change-me-sample-secret'))
    .describe('Key material for cursors, refresh tokens and CSRF tokens; at least 32 characters, made at random.'),
  AUTH_SIGNING_KEYS: json('must be a JSON Web Key Set').pipe(z.object({ keys: signingKeys }))
    .meta(secret('made by npm start'))
    .describe('JSON Web Key Set; the first key signs access tokens, all of them verify.'),
  AUTH_ISSUER: webAddress
    .optional()
    .describe('`iss` of access tokens. Default: PUBLIC_URL.'),
  AUTH_AUDIENCE: z.string()
    .default('api')
    .describe('`aud` of access tokens.'),
  AUTH_ACCESS_TTL: seconds
    .max(LONGEST_ACCESS_TTL_SECONDS)
    .default(600)
    .describe('Life of an access token, in seconds: no longer than a session may be idle.'),
  AUTH_REFRESH_TTL: seconds
    .default(2_592_000)
    .describe('Absolute life of a session, in seconds.'),
  AUTH_REFRESH_IDLE_TTL: seconds
    .default(1_209_600)
    .describe('A session unused for this long ends, in seconds.'),
  AUTH_REFRESH_LEEWAY: secondsOrNone
    .default(10)
    .describe('How long the previous refresh token still answers with its successor, in seconds; 0 is strict.'),

  OIDC_PROVIDERS: oidcProviders
    .default([])
    .meta(secret())
    .describe(
      'OpenID providers people sign in with: JSON, ' +
        '`[{"id", "name", "issuer", "clientId", "clientSecret"?, "scopes"?, "nativeClientIds"?, "responseMode"?, "tenants"?, ' +
        '"emailVerifiedClaim"?, "trustsEmail"?}]`. Each calls back at PUBLIC_URL/v1/auth/oidc/<id>/callback. ' +
        'docs/providers has what common providers need.',
    ),
  OIDC_REDIRECT_URIS: list.pipe(redirectUris)
    .default([])
    .describe('Where a sign-in at a provider may send the browser when it is done, separated by commas; compared character by character.'),

  SMTP_URL: smtpUrl
    .meta(secret('smtp://127.0.0.1:1025'))
    .describe('Mail server: `smtp://` (STARTTLS where it is offered; `?requireTLS=true` insists) or `smtps://`.'),
  SMTP_TIMEOUT: milliseconds
    .default(20_000)
    .describe('Longest time to hand over one mail, in milliseconds; silence ends it after half of that.'),
  MAIL_FROM: sender
    .default('Backend Core Kit <no-reply@example.test>')
    .meta(ownInProduction)
    .describe('Sender of mails.'),

  RATE_LIMIT_REQUESTS: wholeNumber.min(1)
    .default(600)
    .describe('Requests one principal, or one address without a principal, may make in a window, where a limit has no number of its own.'),
  RATE_LIMIT_WINDOW: seconds
    .default(60)
    .describe('The window, in seconds.'),
  RATE_LIMITS: list.pipe(rateLimits)
    .default([])
    .describe('Other numbers for the limits of docs/rate-limits.md, by name, as requests/seconds: `login=1000/60,mail=50/3600`.'),

  JOBS_CONCURRENCY: wholeNumber.min(1).max(500)
    .optional()
    .describe(
      'Jobs one worker runs at a time, each on a connection of its own: fewer than DATABASE_POOL_SIZE. ' +
        'Default: 8, or what a smaller pool leaves room for.',
    ),

  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  LOG_BUFFER: wholeNumber.min(65_536)
    .default(4_194_304)
    .describe(
      'How many characters of log lines wait while nobody reads standard output. Beyond it lines are dropped, errors last, and counted: ' +
        'in a line when somebody reads again, and in the metric log.lines.dropped.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorAddress
    .optional()
    .describe('Collector for traces and metrics over OTLP/HTTP. Without it telemetry is off and costs nothing.'),
  OTEL_EXPORTER_OTLP_HEADERS: z.string()
    .optional()
    .meta(secret())
    .describe('Headers for the collector, such as `Authorization=Basic …`.'),
  OTEL_SERVICE_NAME: z.string()
    .default('backend-core-kit')
    .describe('Service name in telemetry and logs.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1)
    .default(1)
    .describe('Share of new traces that is recorded; an inbound decision is kept.'),
});

export type Env = Readonly<z.infer<typeof envSchema>>;
