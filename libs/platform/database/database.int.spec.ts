import { AsyncResource } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { configuredDatabases } from '../testing/configured-databases.js';

const aPool = configuredDatabases();

describe.each(['batched', 'plain'])('Database.query, %s', (DATABASE_WIRE) => {
  const setup = (overrides: Record<string, string> = {}) => aPool({ DATABASE_WIRE, ...overrides }).database;

  it('reads int8 as a number', async () => {
    const [row] = await setup().query({ name: 'test.int8', text: 'SELECT 9007199254740991::int8 AS value' });

    expect(row).toEqual({ value: Number.MAX_SAFE_INTEGER });
  });

  it('gives up on a statement that takes too long', async () => {
    const database = setup({ DATABASE_STATEMENT_TIMEOUT: '50' });

    await expect(database.query({ name: 'test.slow', text: 'SELECT pg_sleep(5)' })).rejects.toThrow(/timeout/);
  });

  it('gives up waiting for a connection when all are taken', async () => {
    const database = setup({ DATABASE_POOL_SIZE: '1', DATABASE_CONNECT_TIMEOUT: '1000' });
    const one = { name: 'test.one', text: 'SELECT 1' };
    const outside = AsyncResource.bind(() => database.query(one));

    await database.transaction(async () => {
      await database.query(one);
      await expect(outside()).rejects.toThrow(/timeout/);
    });
  });
});
