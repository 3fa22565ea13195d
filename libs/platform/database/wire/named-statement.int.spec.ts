import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { connectionOptions } from '../pool/connection.js';
import { NamedStatement } from './named-statement.js';
import { sendBatch } from './statement-batch.js';

const clients: pg.Client[] = [];
afterAll(() => Promise.all(clients.map((client) => client.end())));

/** One connection, so that each run after the first finds the statement prepared and described. */
async function setup() {
  const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL }));
  const client = new pg.Client(connectionOptions(env, 'named-statement.int.spec'));
  await client.connect();
  clients.push(client);

  const run = (text: string, values: readonly unknown[] = [], name = text.slice(0, 60)): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const statement: NamedStatement = new NamedStatement({ name, text }, values, (error) =>
        error ? reject(error) : resolve(statement.rows),
      );
      sendBatch(client, [statement]);
    });
  return { client, run };
}

const EVERY_TYPE = `SELECT $1::uuid AS id, $2::text AS text, $3::int AS "count", 9007199254740991::int8 AS big, 1.5::float8 AS share, true AS yes,
  '{"a": [1, null]}'::jsonb AS json, ARRAY['a', 'b'] AS list, '2030-01-01T12:00:00Z'::timestamptz AS at, '\\x00ff'::bytea AS bytes, NULL::text AS nothing`;

describe('NamedStatement', () => {
  it('reads every type as pg does, the first time and every other', async () => {
    const { client, run } = await setup();
    const values = [crypto.randomUUID(), 'é', 3];
    const { rows } = await client.query({ text: EVERY_TYPE, values });

    const runs = [await run(EVERY_TYPE, values), await run(EVERY_TYPE, values), await run(EVERY_TYPE, values)];

    expect(rows[0]).toMatchObject({
      text: 'é',
      count: 3,
      big: 9_007_199_254_740_991,
      json: { a: [1, null] },
      list: ['a', 'b'],
      nothing: null,
    });
    expect(runs).toEqual([rows, rows, rows]);
  });

  it('sends every kind of value as pg does', async () => {
    const { client, run } = await setup();
    const text =
      'SELECT $1::text[] AS list, $2::jsonb AS json, $3::timestamptz AS at, $4::bytea AS bytes, $5::bool AS yes, $6::text AS nothing';
    const values = [['a"b', null], { a: 1 }, new Date(0), Buffer.from([0, 255]), false, null];

    const { rows } = await client.query({ text, values });

    expect(await run(text, values)).toEqual(rows);
  });

  it('gives all rows, or none', async () => {
    const { run } = await setup();
    const text = 'SELECT n FROM generate_series(1, $1::int) AS n';

    expect(await run(text, [3])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await run(text, [0])).toEqual([]);
    expect(await run('SET LOCAL work_mem = 4096')).toEqual([]);
  });

  it('fails like any query and leaves the connection usable', async () => {
    const { run } = await setup();
    const text = 'SELECT 1 / $1::int AS share';

    await expect(run('SELECT nonsense FROM nowhere')).rejects.toMatchObject({ code: '42P01' });
    await expect(run(text, [0])).rejects.toMatchObject({ code: '22012' });
    await expect(run(text, ['one'])).rejects.toMatchObject({ code: '22P02' });

    expect(await run(text, [1])).toEqual([{ share: 1 }]);
    expect(await run(text, [1])).toEqual([{ share: 1 }]);
  });

  it('keeps answers and questions together when many wait for one connection', async () => {
    const { run } = await setup();

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => run('SELECT $1::int AS index', [index])),
    );

    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => [{ index }]));
  });

  it('reports a statement whose columns changed under it, and prepares it again', async () => {
    const { client, run } = await setup();
    await client.query('CREATE TEMP TABLE changing (a int)');
    await run('SELECT * FROM changing');

    await client.query('ALTER TABLE changing ADD b text');
    await client.query("INSERT INTO changing VALUES (1, 'b')");

    await expect(run('SELECT * FROM changing')).rejects.toMatchObject({ code: '0A000' });
    expect(await run('SELECT * FROM changing')).toEqual([{ a: 1, b: 'b' }]);
  });

  it('does not run the statement that had its name first', async () => {
    const { run } = await setup();
    await run('SELECT 1 AS one', [], 'orders.find');

    for (const _ of [1, 2])
      await expect(run('SELECT 2 AS two', [], 'orders.find')).rejects.toThrow(/named "orders.find"/);

    expect(await run('SELECT 1 AS one', [], 'orders.find')).toEqual([{ one: 1 }]);
  });

  it('refuses a value that cannot be sent, and leaves the connection usable', async () => {
    const { run } = await setup();
    const circular: { self?: unknown } = {};
    circular.self = circular;

    await expect(run('SELECT $1::jsonb', [circular])).rejects.toThrow(/circular/i);

    expect(await run('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
