import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { atDatabase, postgresAddress } from './connection-strings.js';

describe('a Postgres connection string', () => {
  it.each<[string, object]>([
    [
      'postgres://me:secret@db.example.test/app',
      {
        host: 'db.example.test',
        port: 5432,
        user: 'me',
        password: 'secret',
        database: 'app',
        schema: 'public',
        ssl: false,
      },
    ],
    ['postgresql://me:p%40ss%2Fw%23rd%3F@db/my%20app', { user: 'me', password: 'p@ss/w#rd?', database: 'my app' }],
    ['postgres://me:p@ss:w&rd$[1] 2@db:6543/app', { host: 'db', port: 6543, password: 'p@ss:w&rd$[1] 2' }],
    ['postgres://me@[::1]:5433/app', { host: '::1', port: 5433 }],
    ['postgresql:///app?host=/run/postgresql&user=me', { host: '/run/postgresql', user: 'me', database: 'app' }],
    [
      'postgresql://me:secret@/app?host=/cloudsql/project:region:db',
      { host: '/cloudsql/project:region:db', user: 'me', password: 'secret' },
    ],
    ['postgresql://me@%2Frun%2Fpostgresql/app', { host: '/run/postgresql', database: 'app' }],
    ['postgres://db/app?schema=shop', { schema: 'shop' }],
    ['postgres://db/app?sslmode=disable', { ssl: false }],
    ['postgres://db/app?sslmode=require', { ssl: { rejectUnauthorized: true } }],
    ['postgres://db/app?sslmode=no-verify', { ssl: { rejectUnauthorized: false } }],
    ['postgres://db/app?sslrootcert=system', { ssl: { rejectUnauthorized: true } }],
  ])('is taken apart: %s', (text, expected) => {
    expect(postgresAddress(text)).toMatchObject(expected);
  });

  it('names files for encryption, which are read', () => {
    const directory = temporaryFolder('certificates');
    const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => {
      writeFileSync(join(directory, name), name);
      return join(directory, name);
    });

    const { ssl } = postgresAddress(`postgres://db/app?sslrootcert=${ca}&sslcert=${cert}&sslkey=${key}`);

    expect(ssl).toEqual({ rejectUnauthorized: true, ca: 'ca', cert: 'cert', key: 'key' });
  });

  it.each([
    ['postgres://me:p@ss/w#mark@db/app', /percent-encoded/],
    ['postgres://me:12/mark@db/app', /percent-encoded/],
    ['postgres://me:12?mark@db/app', /percent-encoded/],
    ['postgres://me:mark%zz@db/app', /percent-encoded/],
    ['postgres://me:mark/1@db/app', /must be a URL/],
    ['postgres:mark', /must be a URL/],
    ['"postgres://mark/app"', /must be a URL/],
    ['mysql://mark/app', /must be a URL/],
    ['postgres://mark:port/app', /must be a URL/],
    ['postgres://mark:0/app', /port that is no number/],
    ['postgres:///app?host=/mark&port=abc', /port that is no number/],
    ['postgres:///app', /names no host/],
    ['postgres://me@/app', /must be a URL|names no host/],
    ['postgres://mark,other/app', /several hosts/],
    ['postgres://mark', /names no database/],
    ['postgres://mark/app?schema=', /schema/],
    ['postgres://mark/app?schema=pg_catalog', /schema/],
    ['postgres://mark/app?schema=a"b', /schema/],
    ['postgres://mark/app?schema=a&schema=b', /twice/],
    ['postgres://mark/app?sslmode=prefer', /sslmode other than/],
    ['postgres://mark/app?sslrootcert=/mark/nowhere', /sslrootcert that cannot be read/],
    ['postgres://mark/app?sslcert=/dev/null', /sslcert that cannot be read or is empty/],
    ['postgres://db/app?mark=1', /a parameter other than schema/],
  ])('is refused without a word of it when it cannot work: %s', (text, complaint) => {
    expect(() => postgresAddress(text)).toThrow(complaint);
    expect(() => postgresAddress(text)).not.toThrow(/mark/);
  });

  it.each([
    ['connection_limit=5', 'DATABASE_POOL_SIZE'],
    ['pool_timeout=0', 'DATABASE_CONNECT_TIMEOUT'],
    ['connect_timeout=300', 'DATABASE_CONNECT_TIMEOUT'],
    ['pgbouncer=true', 'DATABASE_POOLER'],
    ['statement_timeout=0', 'DATABASE_STATEMENT_TIMEOUT'],
    ['application_name=x', 'OTEL_SERVICE_NAME'],
    ['options=-c%20search_path%3Dshop', 'schema'],
    ['sslaccept=strict', 'sslmode'],
    ['ssl=true', 'sslmode'],
    ['channel_binding=require', 'sslmode=verify-full'],
  ])('says what stands for the parameter %s here', (parameter, instead) => {
    expect(() => postgresAddress(`postgres://db/app?${parameter}`)).toThrow(instead);
  });

  it.each([
    ['postgres://me:p%40ss@db:6543/app?schema=shop', { host: 'db', port: 6543, password: 'p@ss', schema: 'shop' }],
    ['postgresql://me:secret@/app?host=/run/postgresql', { host: '/run/postgresql', user: 'me', password: 'secret' }],
  ])('leads to another database of the same server: %s', (text, expected) => {
    expect(postgresAddress(atDatabase(text, 'a/b c'))).toMatchObject({ ...expected, database: 'a/b c' });
  });
});
