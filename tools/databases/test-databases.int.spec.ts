import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { cloneDatabase, dropDatabase, migratedTemplate } from './migrated-template.ts';
import { requireEmpty } from './test-redis.ts';

describe('an integration test', () => {
  it('finds a migrated Postgres of its own at DATABASE_URL', async () => {
    const client = new pg.Client(process.env.DATABASE_URL);
    await client.connect();

    const { rows } = await client.query<{ name: string }>('SELECT name FROM roles ORDER BY name');
    await client.end();

    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['admin', 'user']));
  });

  it('finds a Redis at REDIS_URL', async () => {
    const redis = new Redis(process.env.REDIS_URL ?? '');

    const answer = await redis.ping();
    redis.disconnect();

    expect(answer).toBe('PONG');
  });
});

describe('a Redis that somebody names for the tests', () => {
  it('is not emptied of what it holds', async () => {
    const url = new URL(process.env.REDIS_URL ?? '');
    const redis = new Redis(url.href);
    await redis.set('not-ours', '1');

    await expect(requireEmpty(url.href)).rejects.toThrow(/TEST_REDIS_URL names a Redis that is not empty/);

    expect(await redis.get('not-ours')).toBe('1');
    await redis.del('not-ours');
    redis.disconnect();
  });
});

describe('a Postgres that somebody names for the tests', () => {
  it('loses nothing but the databases that a run made', async () => {
    const server = process.env.DATABASE_URL ?? '';
    const client = new pg.Client(server);
    await client.connect();
    const [theirs, ours] = [`somebodys_${randomUUID()}`, `test_${randomUUID()}`];
    await client.query(`CREATE DATABASE "${theirs}"`);

    await cloneDatabase(server, await migratedTemplate(server), ours);
    await dropDatabase(server, ours);

    // Of these two alone: other tests make and drop databases of their own meanwhile.
    const left = await client.query('SELECT datname AS name FROM pg_database WHERE datname = ANY($1)', [
      [theirs, ours],
    ]);
    expect(left.rows).toEqual([{ name: theirs }]);
    await client.query(`DROP DATABASE "${theirs}"`);
    await client.end();
  });
});
