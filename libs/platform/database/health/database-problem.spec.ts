import { describe, expect, it } from 'vitest';
import { databaseProblemOf } from './database-problem.js';

describe('databaseProblemOf', () => {
  it.each([
    ['28P01', 'DATABASE_CREDENTIALS_REFUSED'],
    ['42501', 'DATABASE_PERMISSION_MISSING'],
    ['3D000', 'DATABASE_UNKNOWN'],
    ['53300', 'DATABASE_TOO_MANY_CONNECTIONS'],
    ['25006', 'DATABASE_READ_ONLY'],
    ['EPROTO', 'DATABASE_TLS_FAILED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'DATABASE_TLS_FAILED'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'DATABASE_TLS_FAILED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DATABASE_TLS_FAILED'],
    ['INVALID_PURPOSE', 'DATABASE_TLS_FAILED'],
    ['ECONNREFUSED', 'DATABASE_UNAVAILABLE'],
    ['DatabaseNotReachable', 'DATABASE_UNAVAILABLE'],
  ])('of code %s is %s', (code, problem) => {
    expect(databaseProblemOf(Object.assign(new Error('no'), { code }))).toBe(problem);
  });

  it('reads what pg says of a server without TLS', () => {
    expect(databaseProblemOf(new Error('The server does not support SSL connections'))).toBe('DATABASE_TLS_FAILED');
  });
});
