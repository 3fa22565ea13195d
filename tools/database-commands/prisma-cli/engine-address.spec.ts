import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addressOf } from '../../postgres-schema-engine/src/engine/connection.ts';
import { addressFor } from './engine-address.ts';

const folder = mkdtempSync(join(tmpdir(), 'ca-'));
const ca = join(folder, 'ca.pem');
writeFileSync(ca, 'certificates');
afterAll(() => rmSync(folder, { recursive: true }));

const STRICT = 'schema=public&sslmode=require&sslaccept=strict';
const PLAIN = 'schema=public&sslmode=disable';

describe("an address for Prisma's own engine", () => {
  it.each([
    ['postgres://me:p%23w@db/app', `postgresql://me:p%23w@db:5432/app?${PLAIN}`],
    ['postgres://db:6432/app?schema=shop', 'postgresql://db:6432/app?schema=shop&sslmode=disable'],
    ['postgres://db/app?user=me&password=p%2Fw', `postgresql://me:p%2Fw@db:5432/app?${PLAIN}`],
    ['postgres://me@/app?host=/run/postgresql', `postgresql://me@localhost:5432/app?host=%2Frun%2Fpostgresql&${PLAIN}`],
    ['postgres://[::1]/app', `postgresql://[::1]:5432/app?${PLAIN}`],
    ['postgres://db/app?sslmode=require', `postgresql://db:5432/app?${STRICT}`],
    ['postgres://db/app?sslmode=verify-full', `postgresql://db:5432/app?${STRICT}`],
    ['postgres://db/app?sslrootcert=system', `postgresql://db:5432/app?${STRICT}`],
    [`postgres://db/app?sslrootcert=${ca}`, `postgresql://db:5432/app?${STRICT}&sslcert=${encodeURIComponent(ca)}`],
    [
      'postgres://db/app?sslmode=no-verify',
      'postgresql://db:5432/app?schema=public&sslmode=require&sslaccept=accept_invalid_certs',
    ],
  ])('says %s in its words', (ours, its) => {
    expect(addressFor('native', ours)).toBe(its);
  });

  it('is refused where it has none, instead of leaving out who we are', () => {
    expect(() => addressFor('native', `postgres://db/app?sslcert=${ca}&sslkey=${ca}`)).toThrow(
      /no sslcert and sslkey.*PRISMA_SCHEMA_ENGINE_BINARY=/,
    );
  });
});

describe('an address for the engine from npm', () => {
  it.each([
    ['postgres://db/app', undefined],
    ['postgres://db/app?sslmode=require', {}],
    ['postgres://db/app?sslmode=no-verify', { rejectUnauthorized: false }],
    ['postgres://db/app?sslrootcert=system', {}],
    [`postgres://db/app?sslrootcert=${ca}`, { ca: 'certificates' }],
    [`postgres://db/app?sslcert=${ca}&sslkey=${ca}`, { cert: 'certificates', key: 'certificates' }],
  ])('means with %s what the service means by it', (ours, ssl) => {
    expect(addressOf(addressFor('wasm', ours)).ssl).toEqual(ssl);
  });

  it('leads to the same place and schema', () => {
    expect(
      addressOf(addressFor('wasm', 'postgres://me:p%23w@/app?host=/run/postgresql&port=6000&schema=shop')),
    ).toMatchObject({
      host: '/run/postgresql',
      port: 6000,
      database: 'app',
      schema: 'shop',
      user: 'me',
      password: 'p#w',
    });
  });
});
