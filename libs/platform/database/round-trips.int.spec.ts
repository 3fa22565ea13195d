import { describe, expect, it } from 'vitest';
import { configuredDatabases } from '../testing/configured-databases.js';
import type { Database } from './database.js';

const aPool = configuredDatabases();

describe('a transaction in few round trips', () => {
  const one = { name: 'test.one', text: 'SELECT 1' };
  const messagesOf = async (DATABASE_WIRE: string, work: (database: Database) => Promise<unknown>) => {
    const { database, pool } = aPool({ DATABASE_WIRE });
    let messages = 0;
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        messages++;
        return query(...args);
      }) as typeof client.query;
    });
    await database.transaction(() => work(database));
    return messages;
  };
  const works: [string, number, number, (database: Database) => Promise<unknown>][] = [
    ['nothing', 0, 0, () => Promise.resolve()],
    ['a statement', 2, 3, (database) => database.query(one)],
    [
      'what has an order',
      2,
      4,
      (database) =>
        database.inOrder(
          () => database.query(one),
          () => database.query(one),
        ),
    ],
    ['what has none', 3, 4, (database) => Promise.all([database.query(one), database.query(one)])],
    ['a write that is left for the commit', 1, 3, (database) => database.writeAtCommit(one, [])],
  ];

  it.each(works)('%s: %i, and plainly %i', async (_what, batched, plain, work) => {
    expect([await messagesOf('batched', work), await messagesOf('plain', work)]).toEqual([batched, plain]);
  });
});
