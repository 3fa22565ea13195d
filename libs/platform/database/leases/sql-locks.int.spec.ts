import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { LockHeld, LockLost } from '../../kernel/locks.js';
import { testDatabase } from '../../testing/test-database.js';
import { SqlLocks } from './sql-locks.js';

const database = testDatabase();
const locks = new SqlLocks(database);
/** As another process: with connections of its own. */
const elsewhere = testDatabase();
const others = new SqlLocks(elsewhere);
afterAll(() => Promise.all([database, elsewhere].map((each) => each.onApplicationShutdown())));

const aKey = () => `test:${randomUUID()}`;
const anError = (failed: Promise<unknown>) =>
  failed.then(
    () => null,
    (error: unknown) => error,
  );

/** As if the holder had not been heard of for so long; it does not know. */
const forgotten = (key: string) =>
  elsewhere.client.lease.update({ where: { key }, data: { expiresAt: new Date(Date.now() - 1_000) } });

describe('a lock', () => {
  it('has one holder at a time, and the next one once it is done', async () => {
    const key = aKey();

    const [mine, refused] = await locks.run(key, async ({ token }) => [
      token,
      await anError(others.run(key, async () => 1)),
    ]);
    const theirs = await others.run(key, async ({ token }) => token);

    expect(refused).toBeInstanceOf(LockHeld);
    expect(theirs).toBeGreaterThan(Number(mine));
  });

  it('goes to one of twenty that ask at once, also when it had a holder before', async () => {
    const key = aKey();
    for (const _round of [1, 2, 3]) {
      let refused = 0;
      const untilOthersAreRefused = () => eventually(() => expect(refused).toBe(19));

      const asked = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          locks.run(key, untilOthersAreRefused).catch((error: unknown) => {
            refused++;
            throw error;
          }),
        ),
      );

      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is waited for, and the tokens grow with every holder', async () => {
    const key = aKey();
    const tokens: number[] = [];
    let running = 0;

    await Promise.all(
      Array.from({ length: 5 }, () =>
        locks.run(
          key,
          async ({ token }) => {
            expect(++running).toBe(1);
            tokens.push(token);
            await delay(5);
            running--;
          },
          { waitSeconds: patience(20) },
        ),
      ),
    );

    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    expect(tokens).toHaveLength(5);
  });

  it('is waited for no longer than asked', async () => {
    const key = aKey();
    await locks.run(key, async () => {
      await expect(others.run(key, async () => 1, { waitSeconds: 0.3 })).rejects.toThrow(LockHeld);
    });
  });

  it('is free after work that fails, and gives its failure', async () => {
    const key = aKey();
    const failure = new Error('no');

    await expect(locks.run(key, () => Promise.reject(failure))).rejects.toBe(failure);

    await expect(others.run(key, async () => 'mine')).resolves.toBe('mine');
  });

  it('is kept for as long as the work takes', async () => {
    const key = aKey();

    await locks.run(
      key,
      async (lease) => {
        for (const _part of [1, 2, 3, 4]) {
          await delay(500);
          lease.throwIfLost();
          await expect(others.run(key, async () => 1)).rejects.toThrow(LockHeld);
        }
      },
      { leaseSeconds: patience(1) },
    );
  });

  it('has tokens that grow also when its row was removed', async () => {
    const key = aKey();
    const before = await locks.run(key, async ({ token }) => token);
    await database.client.lease.delete({ where: { key } });

    expect(await locks.run(key, async ({ token }) => token)).toBeGreaterThan(before);
  });

  it.each(['', 'two words', 'zero\0', 'ö', 'x'.repeat(201)])('is not named %j', async (key) => {
    await expect(locks.run(key, async () => 1)).rejects.toThrow('visible characters');
  });

  it.each([0, -1, 0.4, 601, Number.NaN])('is not leased for %d seconds', async (leaseSeconds) => {
    await expect(locks.run(aKey(), async () => 1, { leaseSeconds })).rejects.toThrow('seconds');
  });

  it('is not taken inside a transaction, where nobody would see it', async () => {
    await expect(database.transaction(() => locks.run(aKey(), async () => 1))).rejects.toThrow(
      'before the transaction',
    );
  });
});

describe('a fenced transaction', () => {
  it('keeps others from the lock until it has ended, even when the lease is over', async () => {
    const key = aKey();

    await locks.run(key, async (lease) => {
      await database.transaction(async () => {
        await lease.fence();
        await forgotten(key);
        await expect(others.run(key, async () => 1)).rejects.toThrow(LockHeld);
      });
      await expect(others.run(key, async () => 'mine')).resolves.toBe('mine');
    });
  });

  it('is refused to one who was replaced', async () => {
    const key = aKey();

    const failed = locks.run(key, async (lease) => {
      await forgotten(key);
      await others.run(key, async () => undefined);
      await database.transaction(() => lease.fence());
    });

    await expect(failed).rejects.toThrow(LockLost);
  });

  it('is needed: a fence without a transaction holds nothing', async () => {
    await expect(locks.run(aKey(), (lease) => lease.fence())).rejects.toThrow('Only a transaction');
  });
});
