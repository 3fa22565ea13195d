import { NODE_TLS_CODE } from '../../outbound/tls-failure.js';

/**
 * What keeps the service from using Redis, by a name that machines can tell apart. None of the texts holds an address, a user or a password:
 * the names are shown by the probes, which are public, and the texts are logged.
 */
const TEXTS = {
  REDIS_UNAVAILABLE: 'Redis is away',
  REDIS_CREDENTIALS_REFUSED: 'Redis refuses the user name or password of REDIS_URL',
  REDIS_PERMISSION_MISSING:
    'The user of REDIS_URL lacks a permission that the service needs; see the access control list of Redis',
  REDIS_DATABASE_UNKNOWN: 'Redis has no database with the number that REDIS_URL names',
  REDIS_IS_CLUSTER: 'REDIS_URL leads to a Redis Cluster: name its nodes in REDIS_CLUSTER_NODES',
  REDIS_CLUSTER_DOWN: 'The Redis Cluster does not serve all keys, or has them in several places',
  REDIS_IS_NO_CLUSTER: 'REDIS_CLUSTER_NODES leads to a Redis that is no cluster: leave it empty',
  REDIS_TLS_FAILED:
    'TLS to Redis fails; see whether REDIS_URL must begin with rediss:// or with redis://, the certificate, and REDIS_CA',
  REDIS_MASTER_UNKNOWN: 'No Sentinel of REDIS_SENTINELS answers and knows the master that REDIS_URL names',
  REDIS_READ_ONLY: 'REDIS_URL leads to a Redis that takes no writes now',
  REDIS_OUT_OF_MEMORY: 'Redis is full and takes no writes',
  REDIS_EVICTS_KEYS: 'Redis may forget jobs and counters when it is full: its maxmemory-policy must be noeviction',
} as const;

export type RedisProblem = keyof typeof TEXTS;
export const REDIS_PROBLEMS = Object.keys(TEXTS) as [RedisProblem, ...RedisProblem[]];
export const textOf = (problem: RedisProblem): string => TEXTS[problem];
/** For people who look at a service that is not ready. */
export const adviceOf = (problem: RedisProblem): string =>
  problem === 'REDIS_UNAVAILABLE'
    ? 'No connection to Redis: see that it runs and that REDIS_URL leads to it, by rediss:// where it wants TLS.'
    : `${TEXTS[problem]}.`;

/** What the server answers (redis.io, "Redis serialization protocol", error prefixes), in scripts behind a minus sign; or Node's code. The first that fits. */
const RULES: readonly (readonly [RedisProblem, RegExp])[] = [
  ['REDIS_CREDENTIALS_REFUSED', /\b(?:WRONGPASS|NOAUTH)\b|invalid (?:username-)?password/],
  ['REDIS_PERMISSION_MISSING', /\bNOPERM\b/],
  ['REDIS_DATABASE_UNKNOWN', /DB index is out of range|invalid DB index/],
  ['REDIS_IS_CLUSTER', /(?:^|-|: )(?:CLUSTERDOWN|MOVED|ASK|TRYAGAIN|CROSSSLOT)\b|not allowed in cluster mode/],
  ['REDIS_IS_NO_CLUSTER', /cluster support disabled/],
  ['REDIS_TLS_FAILED', NODE_TLS_CODE],
  ['REDIS_READ_ONLY', /(?:^|-|: )(?:READONLY|NOREPLICAS|MISCONF)\b/],
  ['REDIS_OUT_OF_MEMORY', /(?:^|-)OOM\b/],
  ['REDIS_MASTER_UNKNOWN', /^\S* ?All sentinels are unreachable/],
];

/** Undefined for what is none of these, such as a mistake in a command. */
export function problemOf(error: Error & { code?: unknown }): RedisProblem | undefined {
  const said = `${typeof error.code === 'string' ? error.code : ''} ${error.message}`.trimStart();
  return RULES.find(([, pattern]) => pattern.test(said))?.[0];
}

/** Only people can end these: asking often is of no use. */
export const isRefusal = (problem: RedisProblem): boolean =>
  [
    'REDIS_CREDENTIALS_REFUSED',
    'REDIS_PERMISSION_MISSING',
    'REDIS_DATABASE_UNKNOWN',
    'REDIS_IS_CLUSTER',
    'REDIS_IS_NO_CLUSTER',
    'REDIS_TLS_FAILED',
  ].includes(problem);

/** A command that will be refused again, on a connection that takes others: a permission is missing, or its keys are on several nodes of a cluster. */
export const isRefusedCommand = ({ message }: Error): boolean => /\b(?:NOPERM|CROSSSLOT)\b/.test(message);

/**
 * The server is not, or no longer, the one to ask: a replica, one that has just been demoted (UNBLOCKED) or lost its replicas, one that
 * is starting, a node of a cluster that has lost its master. A new connection may lead to the right one.
 */
const WRONG_SERVER = /(?:^|-|: )(?:READONLY|LOADING|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|MOVED|UNBLOCKED)\b/;
export const isFromWrongServer = ({ message }: Error): boolean => WRONG_SERVER.test(message);

/** For a log line: the server's or Node's word for it. Never the message, which may hold an address or a key. */
export function reasonOf(error: Error & { code?: unknown }): string {
  const [word] = /\b[A-Z][A-Z_]{3,}\b/.exec(error.message) ?? [];
  return typeof error.code === 'string' ? error.code : (word ?? error.name);
}
