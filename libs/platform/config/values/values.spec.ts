import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { aValidEnv } from '../../testing/env.factory.js';
import { loadEnv } from '../load-env.js';

const load = (overrides: Record<string, string | undefined>) => loadEnv(aValidEnv(overrides));

describe('a value that cannot work', () => {
  it.each([
    ['HOST', 'mark.invalid', 'fe80::1%eth0', '127.0.0.1:80'],
    [
      'TRUSTED_PROXIES',
      'mark',
      '10.0.0.0/33',
      '10.0.0.0/0',
      '10.0.0.1, mark',
      '10.0.0.0/8/8',
      '::1/129',
      '::ffff:10.0.0.0/33',
    ],
    [
      'PUBLIC_URL',
      'ftp://mark',
      'http://mark/?a=b',
      'http://mark/?',
      'http://user:pw@mark',
      'http://mark/#a',
      'javascript:mark',
      'http:mark',
      'mark',
    ],
    ['WEB_URL', 'ftp://mark', 'http://mark/?a=b', 'http://user:pw@mark', 'http://mark/#a'],
    ['AUTH_ISSUER', 'ftp://mark', 'http://mark/?a=b', 'http://user:pw@mark', 'http://mark/#a'],
    [
      'CORS_ORIGINS',
      'https://mark.test/',
      'https://mark.test/a',
      'https://mark.test:443',
      'HTTPS://mark.test',
      '*',
      'null',
      'https://a.test,mark',
    ],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'ftp://mark', 'mark:4318'],
    [
      'DATABASE_URL',
      'mysql://mark',
      'postgres://mark:%zz@host/a',
      'mark',
      'postgres://me:p@ss/w#mark@host/a',
      'postgres://mark:port/a',
      'postgres://mark',
    ],
    [
      'REDIS_URL',
      'http://mark',
      'redis://:%zz@mark',
      'redis:mark',
      'redis://:p@ss/w#mark@host',
      'redis://:12/mark@host',
      'redis://mark:port',
      'redis://mark:0',
      'redis://mark/one',
      'redis://mark?commandTimeout=0',
      'redis://mark?family=5',
      'redis:///1',
    ],
    [
      'SMTP_URL',
      'http://mark',
      'smtp://mark:%zz@host',
      'smtp://me:p@ss/w#mark@host',
      'smtp://me:12/mark@host',
      'smtp://mark:port',
      'smtp://mark:0',
      'smtp://mark/inbox',
      'smtp://mark?socketTimeout=0',
      'smtp://mark?disableFileAccess=false',
      'smtp://',
    ],
    [
      'REDIS_SENTINELS',
      'mark',
      'mark:',
      'mark:x',
      'mark:70000',
      ':26379',
      'user@mark:1',
      'mark:1/0',
      'a:1,mark',
      '::1:26379',
    ],
    [
      'MAIL_FROM',
      'Mark',
      'Mark <mark>',
      'mark@example.test\r\nBcc: mark@example.test',
      'Mark\n <mark@example.test>',
      'a@mark.test, b@mark.test',
      '<>',
    ],
    ['AUTH_ACCESS_TTL', '0', '-1', '1e15'],
    ['AUTH_REFRESH_TTL', '0'],
    ['AUTH_REFRESH_IDLE_TTL', '0'],
    ['REQUEST_TIMEOUT', '0', '2147483648'],
    ['SHUTDOWN_TIMEOUT', '0', '2147483648'],
    ['DATABASE_CONNECT_TIMEOUT', '0'],
    ['DATABASE_STATEMENT_TIMEOUT', '0'],
    ['DATABASE_LOCK_TIMEOUT', '0'],
    ['REDIS_TIMEOUT', '0'],
    ['RATE_LIMIT_WINDOW', '0'],
  ])('of %s is refused and not printed', (name, ...values) => {
    for (const value of values) {
      expect(() => load({ [name]: value })).toThrow(new RegExp(`^  ${name}[.:]`, 'm'));
      expect(() => load({ [name]: value })).not.toThrow(/mark/i);
    }
  });

  it.each([
    ['HOST', '0.0.0.0', '::', '::1', 'localhost'],
    ['TRUSTED_PROXIES', '10.0.0.1', '10.0.0.0/8, 192.168.0.0/16', 'fd00::/8', '::1', '::ffff:10.0.0.1'],
    ['PUBLIC_URL', 'http://localhost:3000', 'https://example.test/api/'],
    ['CORS_ORIGINS', 'https://a.test', 'http://localhost:5173,https://b.test:8443'],
    ['DATABASE_URL', 'postgres://me:p%40ss@host:5432/app?sslmode=require', 'postgresql:///app?host=/run/postgresql'],
    [
      'REDIS_URL',
      'redis://[::1]:6379',
      'rediss://me:p%23ss@host:6380/2',
      'redis://:p@ss@host',
      'redis://host?family=0',
      ' redis://host ',
    ],
    [
      'SMTP_URL',
      'smtps://me%40example.test:p%2Fss@host:465',
      'smtp://[::1]:1025',
      'smtp://host?requireTLS=true',
      ' smtp://host ',
    ],
    ['MAIL_FROM', 'a@b.test', '<a@b.test>', 'Ab Cd <a@b.test>', '"Ab, Cd" <a@b.test>', 'Ärzte e. V. <a@b.test>'],
    ['SHUTDOWN_DRAIN', '0'],
    ['AUTH_REFRESH_LEEWAY', '0'],
  ])('is not what %s usually has', (name, ...values) => {
    for (const value of values) expect(() => load({ [name]: value })).not.toThrow();
  });
});

describe('values that do not go together', () => {
  it('are a drain that leaves no time to finish', () => {
    expect(() => load({ SHUTDOWN_DRAIN: '25000', API_PORT: 'x' })).toThrow(
      /API_PORT: [^]*SHUTDOWN_DRAIN: must be shorter than SHUTDOWN_TIMEOUT/,
    );
  });

  it('are Sentinels and a port, which they know better', () => {
    const REDIS_SENTINELS = '10.0.0.1:26379';
    expect(() => load({ REDIS_SENTINELS, REDIS_URL: 'redis://:mark@mymaster:6379' })).toThrow(
      /REDIS_URL: has a port, but with REDIS_SENTINELS/,
    );
    expect(load({ REDIS_SENTINELS, REDIS_URL: 'redis://:mark@My_Master/2' }).REDIS_SENTINELS).toEqual([
      { host: '10.0.0.1', port: 26379 },
    ]);
    expect(load({ REDIS_SENTINELS: 'a:1, [::1]:2', REDIS_URL: 'redis://mymaster' }).REDIS_SENTINELS).toEqual([
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
    ]);
  });

  it('are nodes of a cluster beside Sentinels, or with a database of a number', () => {
    const REDIS_CLUSTER_NODES = 'a:7000, [::1]:7001';

    expect(load({ REDIS_CLUSTER_NODES, REDIS_URL: 'redis://:mark@cluster' }).REDIS_CLUSTER_NODES).toEqual([
      { host: 'a', port: 7000 },
      { host: '::1', port: 7001 },
    ]);
    expect(() => load({ REDIS_CLUSTER_NODES, REDIS_SENTINELS: 'b:1', REDIS_URL: 'redis://:mark@cluster' })).toThrow(
      /REDIS_CLUSTER_NODES: and REDIS_SENTINELS cannot both/,
    );
    expect(() => load({ REDIS_CLUSTER_NODES, REDIS_URL: 'redis://:mark@cluster/1' })).toThrow(
      /REDIS_URL: names a database, and a Redis Cluster has only one/,
    );
    for (const none of ['mark', 'a:7000,mark', 'redis://a:7000'])
      expect(() => load({ REDIS_CLUSTER_NODES: none })).toThrow(/REDIS_CLUSTER_NODES\.\d: must be a host and a port/);
  });

  it('are an authority that nobody asks, or that is none', () => {
    const [REDIS_CA = ''] = rootCertificates;

    expect(() => load({ REDIS_CA })).toThrow(/REDIS_CA: is there for TLS/);
    expect(load({ REDIS_CA: `${REDIS_CA}\n${REDIS_CA}`, REDIS_URL: 'rediss://redis' }).REDIS_CA).toContain(REDIS_CA);
    for (const none of ['mark', '/etc/ca.pem', REDIS_CA.slice(0, -40), REDIS_CA.replace(/\nM/, '\n=')])
      expect(() => load({ REDIS_CA: none, REDIS_URL: 'rediss://redis' })).toThrow(
        /REDIS_CA: must be certificates in PEM/,
      );
  });

  it('are a wait for locks as long as that for connections', () => {
    expect(() => load({ DATABASE_LOCK_TIMEOUT: '3000' })).toThrow(
      /DATABASE_LOCK_TIMEOUT: must be shorter than DATABASE_CONNECT_TIMEOUT/,
    );
    expect(load({ DATABASE_LOCK_TIMEOUT: '3000', DATABASE_CONNECT_TIMEOUT: '3001' }).DATABASE_LOCK_TIMEOUT).toBe(3_000);
    expect(() => load({ DATABASE_CONNECT_TIMEOUT: '1' })).not.toThrow();
  });

  it('are more jobs at a time than connections for them', () => {
    expect(() => load({ JOBS_CONCURRENCY: '10' })).toThrow(/JOBS_CONCURRENCY: must be below DATABASE_POOL_SIZE/);
    expect(load({ JOBS_CONCURRENCY: '10', DATABASE_POOL_SIZE: '11' }).JOBS_CONCURRENCY).toBe(10);
    expect(() => load({ DATABASE_POOL_SIZE: '2' })).not.toThrow();
  });

  it('are one body and all of them, when it leaves no room for others', () => {
    expect(() => load({ BODY_LIMIT: '5000000' })).toThrow(/BODY_LIMIT: must be an eighth of BODY_LIMIT_TOTAL at most/);
    expect(load({ BODY_LIMIT: '5000000', BODY_LIMIT_TOTAL: '40000000' }).BODY_LIMIT).toBe(5_000_000);
  });

  it.each(['AUTH_REFRESH_IDLE_TTL', 'AUTH_REFRESH_TTL'])(
    'are access tokens that live longer than %s lets a session',
    (session) => {
      expect(() => load({ AUTH_ACCESS_TTL: '600', [session]: '599' })).toThrow(
        new RegExp(`AUTH_ACCESS_TTL: must not be longer than ${session}\\b`),
      );
      expect(load({ AUTH_ACCESS_TTL: '600', [session]: '600' }).AUTH_ACCESS_TTL).toBe(600);
    },
  );

  it.each(['a'.repeat(64), 'abc'.repeat(20), '0123456'.repeat(8)])(
    'are production and a secret such as %s',
    (APP_SECRET) => {
      expect(() => load({ NODE_ENV: 'production', APP_SECRET })).toThrow(/APP_SECRET: repeats a few characters/);
      expect(load({ APP_SECRET }).APP_SECRET).toBe(APP_SECRET);
    },
  );
});

describe('AUTH_SIGNING_KEYS', () => {
  const [one, other] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
  const elliptic = ['P-256', 'P-256'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve }).privateKey);
  const jwk = (key: KeyObject | undefined, alg: string, kid = 'mark') => ({
    ...key?.export({ format: 'jwk' }),
    alg,
    kid,
  });

  it.each<[string, RegExp, object[]]>([
    ['two with one kid', /keys: two keys have the same kid/, [jwk(one, 'EdDSA'), jwk(other, 'EdDSA')]],
    ['one for another algorithm', /keys\.0: is not a key for ES256/, [jwk(one, 'ES256')]],
    ['one with an unreadable `d`', /keys\.0: has a private part/, [{ ...jwk(one, 'EdDSA'), d: 'mark' }]],
    [
      'one with the `d` of another',
      /keys\.0: has a private part/,
      [{ ...jwk(one, 'EdDSA'), d: jwk(other, 'EdDSA').d }],
    ],
    [
      'an elliptic one with the `d` of another',
      /keys\.0: has a private part/,
      [{ ...jwk(elliptic[0], 'ES256'), d: jwk(elliptic[1], 'ES256').d }],
    ],
    ['one that is damaged', /keys\.1: cannot be read/, [jwk(one, 'EdDSA'), { ...jwk(other, 'EdDSA', 'b'), x: 'mark' }]],
    ['none', /keys: needs at least one key/, []],
  ])('refuses %s together with everything else, and prints none of it', (_what, complaint, keys) => {
    const start = () => load({ AUTH_SIGNING_KEYS: JSON.stringify({ keys }), API_PORT: 'x' });

    expect(start).toThrow(complaint);
    expect(start).toThrow(/API_PORT: /);
    expect(start).not.toThrow(/mark/i);
  });
});
