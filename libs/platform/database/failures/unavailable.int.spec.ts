import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../../config/load-env.js';
import type { UnavailableReason } from '../../kernel/errors/service-unavailable.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { Database } from '../database.js';
import { connectionOptions } from '../pool/connection.js';
import { RoutedPool } from '../pool/routed-pool.js';
import { databaseUnavailability } from './unavailable.js';

const closings: (() => unknown)[] = [];
afterAll(() => Promise.all(closings.map((close) => close())));

function setup(overrides: Record<string, string> = {}): Database {
  const env = loadEnv(
    aValidEnv({
      DATABASE_URL: process.env.DATABASE_URL,
      DATABASE_POOL_SIZE: '1',
      DATABASE_CONNECT_TIMEOUT: '10000',
      ...overrides,
    }),
  );
  const pool = new RoutedPool(connectionOptions(env, 'unavailable.int.spec'));
  pool.on('error', () => undefined).on('connect', (connection) => void connection.on('error', () => undefined));
  const database = new Database(pool);
  closings.push(() => database.onApplicationShutdown());
  return database;
}

/** For what is to end by the wait for a connection. */
const impatient = () => ({ DATABASE_CONNECT_TIMEOUT: String(patience(300)) });

/** Where `database` would find Postgres, had it another port or user. */
function urlWith(change: (url: URL) => void): { DATABASE_URL: string } {
  const url = new URL(String(process.env.DATABASE_URL));
  change(url);
  return { DATABASE_URL: url.href };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return String((server.address() as { port: number }).port);
}

/** Accepts connections and does `greet` with them, which a Postgres that answers does not. */
async function instead(greet: Parameters<typeof createServer>[1]): Promise<Database> {
  const server = createServer(greet);
  const port = await listen(server);
  closings.push(() => server.close());
  return setup({ ...urlWith((url) => (url.port = port)), ...impatient() });
}

async function refusing(): Promise<Database> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return setup(urlWith((url) => (url.port = port)));
}

async function full(): Promise<Database> {
  const [role, password] = [`role_${randomUUID().slice(0, 8)}`, randomUUID()];
  await setup().client.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD '${password}' CONNECTION LIMIT 0`);
  return setup(urlWith((url) => Object.assign(url, { username: role, password })));
}

async function busy(): Promise<Database> {
  const database = setup(impatient());
  void database.query({ name: 'test.hold', text: 'SELECT pg_sleep(5)' }).catch(() => undefined);
  return database;
}

/** The server's time limit is off, so that only the driver's is left: what a frozen server leads to. */
async function silent(): Promise<Database> {
  const database = setup({ DATABASE_STATEMENT_TIMEOUT: '100' });
  await database.client.$executeRawUnsafe('SET statement_timeout = 0');
  return database;
}

const SLOW = 'SELECT pg_sleep(4)';
const raise = (sqlState: string) => `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${sqlState}'; END $$`;

const outages: [string, UnavailableReason, () => Database | Promise<Database>, string][] = [
  ['refuses connections', 'database', refusing, 'SELECT 1'],
  ['accepts connections and stays silent', 'database', () => instead(() => undefined), 'SELECT 1'],
  ['hangs up', 'database', () => instead((socket) => socket.destroy()), 'SELECT 1'],
  ['has no connection left', 'database-pool', full, 'SELECT 1'],
  ['keeps all our connections busy', 'database-pool', busy, 'SELECT 1'],
  ['stops', 'database', setup, 'SELECT pg_terminate_backend(pg_backend_pid())'],
  ['stops after a crash', 'database', setup, raise('57P02')],
  ['is starting', 'database', setup, raise('57P03')],
  ['does not answer', 'database-timeout', silent, SLOW],
  ['takes too long', 'database-timeout', () => setup({ DATABASE_STATEMENT_TIMEOUT: '100' }), SLOW],
  ['waits for the lock of somebody else', 'database-lock', setup, raise('55P03')],
];

const ways: [string, (database: Database, sql: string) => Promise<unknown>][] = [
  ['plain SQL', (database, text) => database.query({ name: randomUUID(), text })],
  ['Prisma', (database, sql) => database.client.$executeRawUnsafe(sql)],
  ['a transaction', (database, text) => database.transaction(() => database.query({ name: randomUUID(), text }))],
];

const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'it answered',
    (error: unknown) => error,
  );

describe.each(outages)('a Postgres that %s', (_, reason, makeDatabase, sql) => {
  it.each(ways)('is told from a broken statement, and by its reason: %s', async (_way, ask) => {
    const database = await makeDatabase();

    const failure = await failureOf(ask(database, sql));

    expect([failure, databaseUnavailability(failure)]).toEqual([
      expect.objectContaining({ message: expect.any(String) }),
      reason,
    ]);
  });
});

describe('a transaction whose statement gets no answer', () => {
  it('does not wait as long again for its rollback', async () => {
    const database = await silent();
    const startedAt = performance.now();

    await failureOf(database.transaction(() => database.query({ name: randomUUID(), text: SLOW })));

    expect(performance.now() - startedAt).toBeLessThan(patience(2_000));
  });
});

describe("Prisma's own queries", () => {
  it.each([
    ['refuses connections', 'database', refusing],
    ['has no connection left', 'database-pool', full],
    ['hangs up', 'database', () => instead((socket) => socket.destroy())],
  ])('tell of a Postgres that %s', async (_, reason, makeDatabase) => {
    const database = await makeDatabase();

    expect(databaseUnavailability(await failureOf(database.client.role.count()))).toBe(reason);
  });
});

describe('a Postgres that is there', () => {
  it.each(ways)('is not blamed for a broken statement: %s', async (_, ask) => {
    const failure = await failureOf(ask(setup(), 'SELECT 1 / 0'));

    expect([failure, databaseUnavailability(failure)]).toEqual([
      expect.objectContaining({ message: expect.any(String) }),
      undefined,
    ]);
  });
});
