import { describe, expect, it } from 'vitest';
import { isFromWrongServer, problemOf, REDIS_PROBLEMS, reasonOf, textOf } from './redis-problem.js';

const anError = (message: string, code?: string) => Object.assign(new Error(message), { code });

describe('problemOf', () => {
  it.each([
    ['WRONGPASS invalid username-password pair or user is disabled.', undefined, 'REDIS_CREDENTIALS_REFUSED'],
    ['Ready check failed: NOAUTH Authentication required.', undefined, 'REDIS_CREDENTIALS_REFUSED'],
    ['ERR invalid password', undefined, 'REDIS_CREDENTIALS_REFUSED'],
    [
      'All sentinels are unreachable and retry is disabled. Last error: NOAUTH Authentication required.',
      undefined,
      'REDIS_CREDENTIALS_REFUSED',
    ],
    ["NOPERM this user has no permissions to run the 'set' command", undefined, 'REDIS_PERMISSION_MISSING'],
    ['ERR DB index is out of range', undefined, 'REDIS_DATABASE_UNKNOWN'],
    ['CLUSTERDOWN Hash slot not served', undefined, 'REDIS_IS_CLUSTER'],
    ['MOVED 1234 10.0.0.2:6379', undefined, 'REDIS_IS_CLUSTER'],
    ['ASK 1234 10.0.0.2:6379', undefined, 'REDIS_IS_CLUSTER'],
    ["CROSSSLOT Keys in request don't hash to the same slot", undefined, 'REDIS_IS_CLUSTER'],
    ['ERR This instance has cluster support disabled', undefined, 'REDIS_IS_NO_CLUSTER'],
    ['ERR SELECT is not allowed in cluster mode', undefined, 'REDIS_IS_CLUSTER'],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'REDIS_TLS_FAILED'],
    ['wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER', 'REDIS_TLS_FAILED'],
    ['certificate has expired', 'CERT_HAS_EXPIRED', 'REDIS_TLS_FAILED'],
    ['invalid CA certificate', 'INVALID_CA', 'REDIS_TLS_FAILED'],
    ['CRL has expired', 'CRL_HAS_EXPIRED', 'REDIS_TLS_FAILED'],
    ["READONLY You can't write against a read only replica.", undefined, 'REDIS_READ_ONLY'],
    [
      "ERR Error running script (call to f_0): @user_script: 2: -READONLY You can't write against a read only replica.",
      undefined,
      'REDIS_READ_ONLY',
    ],
    ['NOREPLICAS Not enough good replicas to write.', undefined, 'REDIS_READ_ONLY'],
    ["OOM command not allowed when used memory > 'maxmemory'.", undefined, 'REDIS_OUT_OF_MEMORY'],
    ['All sentinels are unreachable. Retrying from scratch after 50ms.', undefined, 'REDIS_MASTER_UNKNOWN'],
    ['connect ECONNREFUSED 127.0.0.1:6379', 'ECONNREFUSED', undefined],
    ["ERR unknown command 'READONLYISH'", undefined, undefined],
  ])('of "%s" (%s) is %s', (message, code, problem) => {
    expect(problemOf(anError(message, code))).toBe(problem);
  });
});

describe('isFromWrongServer', () => {
  it.each([
    "READONLY You can't write against a read only replica.",
    'LOADING Redis is loading the dataset in memory',
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    'CLUSTERDOWN The cluster is down',
    'MOVED 1234 10.0.0.2:6379',
    'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
  ])('holds for %s', (message) => {
    expect(isFromWrongServer(anError(message))).toBe(true);
  });

  it.each([
    'NOSCRIPT No matching script.',
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    'ERR value READONLY is not an integer',
  ])('does not hold for %s', (message) => {
    expect(isFromWrongServer(anError(message))).toBe(false);
  });
});

describe('what is logged', () => {
  it('is the word of the server or of Node, and never the address', () => {
    expect(reasonOf(anError('connect ECONNREFUSED 10.0.0.7:6379', 'ECONNREFUSED'))).toBe('ECONNREFUSED');
    expect(reasonOf(anError('WRONGPASS invalid username-password pair or user is disabled.'))).toBe('WRONGPASS');
    expect(reasonOf(anError('Connection is closed.'))).toBe('Error');
  });

  it('explains each problem in one line', () => {
    expect(REDIS_PROBLEMS.map(textOf).filter((text) => text === '' || text.includes('\n'))).toEqual([]);
  });
});
