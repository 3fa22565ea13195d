import { type Env, envSchema } from './env.js';
import { postgresAddress } from './values/connection-strings.js';

type Values = Readonly<Record<string, string>>;
type Rule = Readonly<{ about: readonly (keyof Env)[]; isBroken: (env: Env) => boolean; complaint: string }>;

/** An attacker who has one token could otherwise try every secret that people think of. */
const LEAST_VARIETY = 8;

/** What only several variables together can break. */
const RULES: readonly Rule[] = [
  {
    about: ['SHUTDOWN_DRAIN', 'SHUTDOWN_TIMEOUT'],
    isBroken: ({ SHUTDOWN_DRAIN, SHUTDOWN_TIMEOUT }) => SHUTDOWN_DRAIN >= SHUTDOWN_TIMEOUT,
    complaint: 'must be shorter than SHUTDOWN_TIMEOUT: the rest is the time to finish',
  },
  {
    about: ['BODY_LIMIT', 'BODY_LIMIT_TOTAL'],
    isBroken: ({ BODY_LIMIT, BODY_LIMIT_TOTAL }) => BODY_LIMIT * 8 > BODY_LIMIT_TOTAL,
    complaint:
      'must be an eighth of BODY_LIMIT_TOTAL at most: one caller may have a quarter of that, and several requests',
  },
  {
    about: ['DATABASE_LOCK_TIMEOUT', 'DATABASE_CONNECT_TIMEOUT'],
    isBroken: ({ DATABASE_LOCK_TIMEOUT = 0, DATABASE_CONNECT_TIMEOUT }) =>
      DATABASE_LOCK_TIMEOUT >= DATABASE_CONNECT_TIMEOUT,
    complaint:
      'must be shorter than DATABASE_CONNECT_TIMEOUT: who waits for a lock would outwait those who wait for their connection',
  },
  {
    about: ['DATABASE_REPLICA_URL', 'DATABASE_URL'],
    isBroken: ({ DATABASE_REPLICA_URL, DATABASE_URL }) =>
      DATABASE_REPLICA_URL.some((url) => postgresAddress(url).schema !== postgresAddress(DATABASE_URL).schema),
    complaint: 'names another schema than DATABASE_URL',
  },
  {
    about: ['JOBS_CONCURRENCY', 'DATABASE_POOL_SIZE'],
    isBroken: ({ JOBS_CONCURRENCY = 0, DATABASE_POOL_SIZE }) => JOBS_CONCURRENCY >= DATABASE_POOL_SIZE,
    complaint: 'must be below DATABASE_POOL_SIZE: each job holds a connection, and the worker needs one beside them',
  },
  {
    about: ['AUTH_ACCESS_TTL', 'AUTH_REFRESH_IDLE_TTL'],
    isBroken: ({ AUTH_ACCESS_TTL, AUTH_REFRESH_IDLE_TTL }) => AUTH_ACCESS_TTL > AUTH_REFRESH_IDLE_TTL,
    complaint:
      'must not be longer than AUTH_REFRESH_IDLE_TTL: a session that has ended would still let its access token in',
  },
  {
    about: ['AUTH_ACCESS_TTL', 'AUTH_REFRESH_TTL'],
    isBroken: ({ AUTH_ACCESS_TTL, AUTH_REFRESH_TTL }) => AUTH_ACCESS_TTL > AUTH_REFRESH_TTL,
    complaint: 'must not be longer than AUTH_REFRESH_TTL, the life of the session',
  },
  {
    about: ['REDIS_URL', 'REDIS_SENTINELS'],
    isBroken: ({ REDIS_URL, REDIS_SENTINELS }) => REDIS_SENTINELS.length > 0 && new URL(REDIS_URL).port !== '',
    complaint: 'has a port, but with REDIS_SENTINELS it names a master, and the Sentinels know the port',
  },
  {
    about: ['REDIS_CLUSTER_NODES', 'REDIS_SENTINELS'],
    isBroken: ({ REDIS_CLUSTER_NODES, REDIS_SENTINELS }) =>
      REDIS_CLUSTER_NODES.length > 0 && REDIS_SENTINELS.length > 0,
    complaint: 'and REDIS_SENTINELS cannot both say where Redis is',
  },
  {
    about: ['REDIS_URL', 'REDIS_CLUSTER_NODES'],
    isBroken: ({ REDIS_URL, REDIS_CLUSTER_NODES }) =>
      REDIS_CLUSTER_NODES.length > 0 && !/^\/?0?$/.test(new URL(REDIS_URL).pathname),
    complaint: 'names a database, and a Redis Cluster has only one',
  },
  {
    about: ['REDIS_CA', 'REDIS_URL'],
    isBroken: ({ REDIS_CA, REDIS_URL }) => REDIS_CA !== undefined && !/^rediss:/i.test(REDIS_URL),
    complaint: 'is there for TLS, which REDIS_URL asks for by rediss://',
  },
  {
    about: ['OUTBOUND_ALLOWED_ADDRESSES', 'NODE_ENV'],
    isBroken: ({ OUTBOUND_ALLOWED_ADDRESSES, NODE_ENV }) =>
      NODE_ENV === 'production' && OUTBOUND_ALLOWED_ADDRESSES.length > 0,
    complaint: 'is for development: users could reach what is not theirs',
  },
  {
    about: ['S3_BUCKET', 'STORAGE'],
    isBroken: ({ S3_BUCKET, STORAGE }) => STORAGE === 's3' && S3_BUCKET === undefined,
    complaint: 'is required with STORAGE=s3',
  },
  {
    about: ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    isBroken: ({ S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }) =>
      (S3_ACCESS_KEY_ID === undefined) !== (S3_SECRET_ACCESS_KEY === undefined),
    complaint: 'and S3_SECRET_ACCESS_KEY belong together: set both, or neither',
  },
  {
    about: ['CDN_URL', 'CDN_KEY_PAIR_ID', 'CDN_PRIVATE_KEY'],
    isBroken: ({ CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY }) =>
      new Set([CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY].map((value) => value === undefined)).size > 1,
    complaint: 'needs CDN_KEY_PAIR_ID and CDN_PRIVATE_KEY, and they need it: set all, or none',
  },
  {
    about: ['APP_SECRET', 'NODE_ENV'],
    isBroken: ({ APP_SECRET, NODE_ENV }) => NODE_ENV === 'production' && new Set(APP_SECRET).size < LEAST_VARIETY,
    complaint: 'repeats a few characters; production needs one made at random, such as by: openssl rand -base64 48',
  },
];

/** Each is looked at as soon as its own variables can be read, whatever else is wrong. */
export function brokenRules(values: Values): string[] {
  return RULES.filter(({ about, isBroken }) => {
    const shape = Object.fromEntries(about.map((name) => [name, true] as const)) as Partial<Record<keyof Env, true>>;
    const parsed = envSchema.pick(shape).safeParse(values);
    return parsed.success && isBroken(parsed.data);
  }).map(({ about: [first], complaint }) => `${first}: ${complaint}`);
}
