import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';

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
