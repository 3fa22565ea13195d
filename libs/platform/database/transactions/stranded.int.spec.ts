import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type CuttableProxy, cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { Database } from '../database.js';
import { databaseUnavailability } from '../failures/unavailable.js';
import { connectionOptions } from '../pool/connection.js';
import { RoutedPool } from '../pool/routed-pool.js';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** One connection, through a proxy that can lose it. */
async function setup(DATABASE_WIRE: string): Promise<{ database: Database; proxy: CuttableProxy }> {
  const proxy = await cuttableProxy(String(process.env.DATABASE_URL));
  const pool = new RoutedPool(
    connectionOptions(
      loadEnv(
        aValidEnv({
          DATABASE_URL: proxy.url,
          DATABASE_WIRE,
          DATABASE_POOL_SIZE: '1',
          DATABASE_STATEMENT_TIMEOUT: '200',
        }),
      ),
      'stranded',
    ),
  );
  pool.on('error', () => undefined).on('connect', (connection) => void connection.on('error', () => undefined));
  const database = new Database(pool);
  closings.push(
    () => proxy.close(),
    () => database.onApplicationShutdown(),
  );
  return { database, proxy };
}

const select = (database: Database) => database.query({ name: randomUUID(), text: 'SELECT' });

type Way = (database: Database, meanwhile: () => void) => Promise<unknown>;

/** Asks when it has happened. */
const after =
  (ask: (database: Database) => Promise<unknown>): Way =>
  (database, meanwhile) => {
    meanwhile();
    return ask(database);
  };

const ways: [string, Way][] = [
  ['plain SQL', after(select)],
  ['Prisma', after((database) => database.client.role.count())],
  ['a transaction', after((database) => database.transaction(() => select(database)))],
  ['Prisma in a transaction', after((database) => database.transaction(() => database.client.role.count()))],
  ['the commit', (database, meanwhile) => database.transaction(() => select(database).then(meanwhile))],
  [
    'a transaction that hides what happened',
    (database, meanwhile) =>
      database.transaction(async () => {
        await select(database);
        meanwhile();
        await select(database).catch(() => Promise.reject(new Error('Something went wrong')));
      }),
  ],
];

describe.each(['batched', 'plain'])('a connection that leads nowhere, statements %s', (wire) => {
  it.each(ways)('is not used again after it was met by %s', async (_way, ask) => {
    const { database, proxy } = await setup(wire);
    await select(database);

    const failure = await ask(database, proxy.strand).then(
      () => 'it answered',
      (error: unknown) => error,
    );
    const [before, startedAt] = [proxy.connections(), performance.now()];
    await ask(database, () => undefined);

    expect(failure).toBeInstanceOf(Error);
    expect(proxy.connections()).toBe(before + 1);
    expect(performance.now() - startedAt).toBeLessThan(patience(1_000));
  });
});

describe.each(['batched', 'plain'])('a primary that has become a standby, statements %s', (wire) => {
  it.each(['plain SQL', 'a transaction'])('is left with the first write it refuses: %s', async (way) => {
    const { database, proxy } = await setup(wire);
    const write = () => database.query({ name: randomUUID(), text: `UPDATE roles SET name = name WHERE false` });
    await database.query({
      name: 'tests.demote',
      text: `SELECT set_config('default_transaction_read_only', 'on', false)`,
    });
    const before = proxy.connections();

    const failure = await (way === 'plain SQL' ? write() : database.transaction(write)).catch(
      (error: unknown) => error,
    );
    await write();

    expect(databaseUnavailability(failure)).toBe('database');
    expect(proxy.connections()).toBe(before + 1);
  });
});
