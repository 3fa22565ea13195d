import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBehindPooler, startPooler } from '#platform/testing/servers/pooler.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Server } from '../../../../tools/servers/server.ts';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { listen } from '../changes/listen.js';
import { Database } from '../database.js';
import { databaseUnavailability } from '../failures/unavailable.js';
import { PoolerCheck } from '../health/pooler-check.js';
import { connectionOptions } from '../pool/connection.js';
import { RoutedPool } from '../pool/routed-pool.js';

const POSTGRES = process.env.DATABASE_URL ?? '';
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

async function aPooler(settings: Readonly<Record<string, string | number>>): Promise<Server> {
  const server = await startPooler(settings);
  ends.push(() => server.stop());
  return server;
}

function setup(DATABASE_URL: string, overrides: Readonly<Record<string, string>>) {
  const env = loadEnv(aValidEnv({ DATABASE_URL, DATABASE_CONNECT_TIMEOUT: '5000', ...overrides }));
  const pool = new RoutedPool(connectionOptions(env, 'pooler.int.spec'));
  pool.on('error', () => undefined).on('connect', (connection) => void connection.on('error', () => undefined));
  const database = new Database(pool);
  ends.push(() => database.onApplicationShutdown());
  return { env, pool, database, problem: () => new PoolerCheck(pool, env).problem() };
}

const SETTINGS = `SELECT current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle,
  current_setting('search_path') AS path`;
const settingsOf = (database: Database) => database.query({ name: 'test.settings', text: SETTINGS });
const settingsByPrisma = (database: Database) => database.client.$queryRawUnsafe(SETTINGS);
const EXPECTED = [{ statement: '700ms', idle: '2100ms', path: '"public"' }];
const SLOW = 'SELECT pg_sleep(3)';
const addRole = (database: Database, name: string) =>
  database.query({ name: 'test.add-role', text: 'INSERT INTO roles (name) VALUES ($1)' }, [name]);

const BY_TRANSACTION = {
  pool_mode: 'transaction',
  max_prepared_statements: 50,
  default_pool_size: 3,
  server_round_robin: 1,
};

describeBehindPooler.each<[string, string, Record<string, string | number>]>([
  ['transaction', 'batched', BY_TRANSACTION],
  ['transaction', 'plain', BY_TRANSACTION],
  ['session', 'batched', { pool_mode: 'session', default_pool_size: 20 }],
])('behind PgBouncer with pool_mode=%s, statements %s', (mode, DATABASE_WIRE, settings) => {
  let server: Server;
  beforeAll(async () => {
    server = await aPooler(settings);
  });
  const start = (overrides: Readonly<Record<string, string>> = {}) =>
    setup(server.url, { DATABASE_POOLER: mode, DATABASE_WIRE, DATABASE_STATEMENT_TIMEOUT: '700', ...overrides });

  it.each(['1', '2', '10'])('is taken for what it is, with a pool of %s', async (DATABASE_POOL_SIZE) => {
    expect(await start({ DATABASE_POOL_SIZE }).problem()).toBeNull();
  });

  it('keeps the time limit that a query brings along', async () => {
    const { pool } = start({ DATABASE_STATEMENT_TIMEOUT: '3000' });
    const client = pool.unpooledClient();
    await client.connect();
    ends.push(() => client.end());

    await expect(client.query({ text: SLOW, query_timeout: 100 } as pg.QueryConfig)).rejects.toThrow(
      'Query read timeout',
    );
  });

  it('answers many at once on few connections, by plain SQL and by Prisma, in and out of transactions', async () => {
    const { database } = start({ DATABASE_STATEMENT_TIMEOUT: '10000' });
    const prefix = `role-${randomUUID()}`;

    await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const name = `${prefix}-${at}`;
        if (at % 3 === 0) await addRole(database, name);
        else if (at % 3 === 1) await database.client.role.create({ data: { name, users: { create: [] } } });
        else
          await database.transaction(() =>
            Promise.all([addRole(database, name), database.client.role.findUnique({ where: { name: 'admin' } })]),
          );
      }),
    );

    expect(await database.client.role.count({ where: { name: { startsWith: prefix } } })).toBe(60);
  });

  it('keeps the limits and the schema for every client', async () => {
    const { database } = start();

    const seen = [
      await settingsOf(database),
      await settingsOf(database),
      await settingsByPrisma(database),
      await database.transaction(() => settingsOf(database)),
      await database.transaction(() => settingsByPrisma(database)),
    ];

    expect(seen).toEqual(Array(5).fill(EXPECTED));
  });

  it.each<[string, (database: Database) => Promise<unknown>]>([
    ['a statement', (database) => database.query({ name: 'test.slow', text: SLOW })],
    ['a statement of Prisma', (database) => database.client.$executeRawUnsafe(SLOW)],
    ['a transaction', (database) => database.transaction(() => database.query({ name: 'test.slow', text: SLOW }))],
  ])('ends %s that takes too long, by the server', async (_, ask) => {
    const { database } = start();

    const failure = await ask(database).catch((error: unknown) => error);

    expect(String((failure as Error).message)).toMatch(/statement timeout/);
    expect(databaseUnavailability(failure)).toBe('database-timeout');
    expect(await settingsOf(database)).toEqual(EXPECTED);
  });

  it('rolls back what failed, and leaves nothing of it to the next', async () => {
    const { database } = start();
    const name = `role-${randomUUID()}`;

    const failing = database.transaction(async () => {
      await addRole(database, name);
      await addRole(database, 'admin');
    });

    await expect(failing).rejects.toMatchObject({ code: '23505' });
    await expect(database.query({ name: 'test.broken', text: 'SELECT nonsense FROM nowhere' })).rejects.toMatchObject({
      code: '42P01',
    });
    await expect(database.query({ name: 'test.divided', text: 'SELECT 1 / $1::int' }, [0])).rejects.toMatchObject({
      code: '22012',
    });
    expect(await database.client.role.count({ where: { name } })).toBe(0);
    expect(await settingsOf(database)).toEqual(EXPECTED);
  });

  it('refuses a name that two statements have, and goes on', async () => {
    const { database } = start({ DATABASE_POOL_SIZE: '2' });
    await database.query({ name: 'test.twice', text: 'SELECT 1 AS one' });

    await expect(database.query({ name: 'test.twice', text: 'SELECT 2 AS two' })).rejects.toThrow(/test\.twice/);

    expect(await database.query({ name: 'test.twice', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });
});

describeBehindPooler('LISTEN', () => {
  const notify = (database: Database, channel: string) =>
    database.query({ name: 'test.notify', text: `SELECT pg_notify($1, '')` }, [channel]);

  it.each([
    ['a pooler in session mode', 'session', {}],
    ['the direct address beside one in transaction mode', 'transaction', { DATABASE_DIRECT_URL: POSTGRES }],
  ])('hears through %s', async (_, mode, overrides) => {
    const { url } = await aPooler({ pool_mode: mode });
    const { env, database } = setup(url, { DATABASE_POOLER: mode, ...overrides });
    const channel = `pooler_${randomUUID()}`;
    const heard = { times: 0 };

    const listening = listen(env, channel, () => heard.times++);
    await eventually(() => expect(heard.times).toBe(1));
    await notify(database, channel);
    await eventually(() => expect(heard.times).toBe(2));
    await listening.stop();
  });

  it('is not tried where it could not be heard', async () => {
    const { env } = setup('postgresql://me@127.0.0.1:1/none', { DATABASE_POOLER: 'transaction' });

    await listen(env, 'pooler', () => {
      throw new Error('heard');
    }).stop();
  });
});

describeBehindPooler('a pooler that is not what DATABASE_POOLER says', () => {
  it.each<[string, Record<string, string | number>, string, string]>([
    ['refuses settings at the start', { pool_mode: 'session' }, 'none', 'POOLER_REFUSES_SETTINGS'],
    [
      'ignores settings at the start',
      {
        pool_mode: 'transaction',
        ignore_startup_parameters: 'statement_timeout,lock_timeout,idle_in_transaction_session_timeout,options',
      },
      'none',
      'POOLER_DROPS_SETTINGS',
    ],
    [
      'lends other connections',
      { pool_mode: 'transaction', max_prepared_statements: 50 },
      'session',
      'POOLER_SHARES_CONNECTIONS',
    ],
    [
      'lends other connections in turn',
      { pool_mode: 'transaction', max_prepared_statements: 50, server_round_robin: 1 },
      'session',
      'POOLER_SHARES_CONNECTIONS',
    ],
    [
      'forgets prepared statements',
      { pool_mode: 'transaction', max_prepared_statements: 0 },
      'transaction',
      'POOLER_LOSES_STATEMENTS',
    ],
  ])('%s, and is named for it', async (_, settings, mode, code) => {
    const { url } = await aPooler(settings);

    expect(await setup(url, { DATABASE_POOLER: mode }).problem()).toBe(code);
  });

  it('is nothing to complain about when it is Postgres itself', async () => {
    for (const mode of ['none', 'session', 'transaction'])
      expect(await setup(POSTGRES, { DATABASE_POOLER: mode }).problem()).toBeNull();
  });

  it('is nothing to complain about with a single connection', async () => {
    const { url } = await aPooler({ pool_mode: 'transaction', max_prepared_statements: 50, default_pool_size: 1 });

    expect(await setup(url, { DATABASE_POOLER: 'transaction' }).problem()).toBeNull();
  });

  it('is no Postgres that is away', async () => {
    const client = setup('postgresql://postgres@127.0.0.1:1/none', { DATABASE_POOLER: 'none' });

    await expect(client.problem()).rejects.toThrow();
  });
});
