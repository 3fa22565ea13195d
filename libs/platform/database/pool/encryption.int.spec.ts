import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aCertificate, type Certificate, describeWithCertificates } from '#platform/testing/servers/certificate.js';
import { hasOwnPostgres, startEncryptedPostgres } from '#platform/testing/servers/encrypted-postgres.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Server } from '../../../../tools/servers/server.ts';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { listen } from '../changes/listen.js';
import { Database } from '../database.js';
import { databaseProblemOf } from '../health/database-problem.js';
import { connectionOptions } from './connection.js';
import { RoutedPool } from './routed-pool.js';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const IS_ENCRYPTED = { name: 'test.tls', text: 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()' };

function setup(DATABASE_URL: string) {
  const env = loadEnv(aValidEnv({ DATABASE_URL }));
  const database = new Database(new RoutedPool(connectionOptions(env, 'encryption.int.spec')));
  closings.push(() => database.onApplicationShutdown());
  return { env, database, ask: () => database.query(IS_ENCRYPTED), problem: () => problemOf(database) };
}

const problemOf = (database: Database) =>
  database.query(IS_ENCRYPTED).then(
    () => null,
    (error: unknown) => databaseProblemOf(error),
  );

(hasOwnPostgres ? describeWithCertificates : describe.skip)('TLS to Postgres', () => {
  let certificate: Certificate;
  let stranger: Certificate;
  let server: Server;
  let demanding: Server;
  beforeAll(async () => {
    [certificate, stranger] = [aCertificate(), aCertificate()];
    [server, demanding] = await Promise.all([
      startEncryptedPostgres(certificate),
      startEncryptedPostgres(certificate, 'clientcert=verify-ca'),
    ]);
  });
  afterAll(async () => {
    await Promise.all([server, demanding].map((each) => each.stop()));
    [certificate, stranger].forEach(({ remove }) => remove());
  });

  const authority = ({ certificateFile }: Certificate) => `sslrootcert=${certificateFile}`;
  const ours = ({ certificateFile, keyFile }: Certificate) => `sslcert=${certificateFile}&sslkey=${keyFile}`;

  it.each(['', 'sslmode=verify-full&', 'sslmode=verify-ca&', 'sslmode=require&'])(
    'holds with an authority of our own: %ssslrootcert=…',
    async (mode) => {
      const { ask, database } = setup(`${server.url}?${mode}${authority(certificate)}`);

      expect(await ask()).toEqual([{ ssl: true }]);
      expect(await database.client.$queryRaw`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`).toEqual([
        { ssl: true },
      ]);
    },
  );

  it('covers the connection that listens', async () => {
    const { env, database } = setup(`${server.url}?${authority(certificate)}`);
    let heard = 0;
    const listening = listen(env, 'tests', () => heard++);
    closings.push(() => listening.stop());

    await eventually(() => expect(heard).toBe(1));
    await database.query({ name: 'test.notify', text: 'NOTIFY tests' });

    await eventually(() => expect(heard).toBe(2));
  });

  it('asks for our certificate where the server wants one', async () => {
    const { ask } = setup(`${demanding.url}?${authority(certificate)}&${ours(certificate)}`);

    expect(await ask()).toEqual([{ ssl: true }]);
  });

  it('encrypts without knowing to whom, where that is asked for', async () => {
    expect(await setup(`${server.url}?sslmode=no-verify`).ask()).toEqual([{ ssl: true }]);
  });

  it.each<[string, () => string]>([
    ['no authority that we trust has signed', () => `${server.url}?sslmode=require`],
    ['another authority has signed', () => `${server.url}?${authority(stranger)}`],
    ['it is for another name', () => `${server.url.replace('127.0.0.1', 'localhost')}?${authority(certificate)}`],
    ['the server has no TLS', () => `${process.env.DATABASE_URL}?sslmode=verify-full`],
  ])('fails rather than trusts, and says so, when %s', async (_what, url) => {
    expect(await setup(url()).problem()).toBe('DATABASE_TLS_FAILED');
  });

  it.each<[string, () => string]>([
    ['without TLS', () => server.url],
    ['without a certificate of ours', () => `${demanding.url}?${authority(certificate)}`],
    ['with one of a stranger', () => `${demanding.url}?${authority(certificate)}&${ours(stranger)}`],
  ])('is refused by a server that demands more: %s', async (_what, url) => {
    expect(await setup(url()).problem()).toMatch(/^DATABASE_(?:CREDENTIALS_REFUSED|TLS_FAILED)$/);
  });
});
