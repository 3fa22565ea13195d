import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type CuttableProxy, cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../../config/load-env.js';
import { type Lease, LockHeld, LockLost } from '../../kernel/locks.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { Database } from '../database.js';
import { connectionOptions } from '../pool/connection.js';
import { RoutedPool } from '../pool/routed-pool.js';
import { SqlLocks } from './sql-locks.js';

const database = testDatabase();
const locks = new SqlLocks(database);
/** As another process: with connections of its own. */
const elsewhere = testDatabase();
const others = new SqlLocks(elsewhere);
const closings: (() => unknown)[] = [];
afterAll(async () => {
  await Promise.all(closings.map((close) => close()));
  await Promise.all([database, elsewhere].map((each) => each.onApplicationShutdown()));
});

const aKey = () => `test:${randomUUID()}`;
const anError = (failed: Promise<unknown>) =>
  failed.then(
    () => null,
    (error: unknown) => error,
  );
/** Ends when the lease does, with its reason. */
const untilLost = ({ signal }: Lease): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

/** As if the holder had not been heard of for so long; it does not know. */
const forgotten = (key: string) =>
  elsewhere.client.lease.update({ where: { key }, data: { expiresAt: new Date(Date.now() - 1_000) } });

/** A process of its own, whose way to Postgres can be cut. */
async function behindAProxy(): Promise<{ locks: SqlLocks; postgres: CuttableProxy }> {
  const postgres = await cuttableProxy(String(process.env.DATABASE_URL));
  const limits = { DATABASE_CONNECT_TIMEOUT: '200', DATABASE_STATEMENT_TIMEOUT: '200', DATABASE_POOL_SIZE: '2' };
  const pool = new RoutedPool(
    connectionOptions(loadEnv(aValidEnv({ DATABASE_URL: postgres.url, ...limits })), 'lost-locks.int.spec'),
  );
  pool.on('error', () => undefined).on('connect', (connection) => void connection.on('error', () => undefined));
  const far = new Database(pool);
  // The first connection may take longer than that on a busy machine, and is not what this is about.
  await eventually(() => far.query({ name: 'tests.connect', text: 'SELECT' }));
  closings.push(async () => {
    await far.onApplicationShutdown();
    await postgres.close();
  });
  return { locks: new SqlLocks(far), postgres };
}

describe('a holder who is not heard of for too long', () => {
  it('is told when somebody else has taken the lock', async () => {
    const key = aKey();

    const failed = locks.run(
      key,
      async (lease) => {
        await forgotten(key);
        await others.run(key, () => untilLost(lease).catch(() => undefined));
        lease.throwIfLost();
      },
      { leaseSeconds: 1 },
    );

    await expect(failed).rejects.toThrow(LockLost);
  });

  it('does not release the lock of the next one', async () => {
    const key = aKey();

    await anError(
      locks.run(
        key,
        async (lease) => {
          await forgotten(key);
          return others.run(
            key,
            async () => {
              await anError(untilLost(lease));
              await expect(locks.run(key, async () => 1)).rejects.toThrow(LockHeld);
            },
            { leaseSeconds: 30 },
          );
        },
        { leaseSeconds: 1 },
      ),
    );
  });

  it('because its event loop was blocked, knows when it goes on, and its work has failed', async () => {
    const key = aKey();
    let atOnce: unknown;

    const failed = locks.run(
      key,
      async (lease) => {
        // As a long calculation does: no timer runs meanwhile.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
        atOnce = await anError((async () => lease.throwIfLost())());
        return 'done';
      },
      { leaseSeconds: 0.5 },
    );

    await expect(failed).rejects.toThrow(LockLost);
    expect(atOnce).toBeInstanceOf(LockLost);
  });

  it.each(['cut', 'freeze'] as const)(
    'because its Postgres is gone (%s), stops before anybody else can start',
    async (lose) => {
      vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      const { locks: far, postgres } = await behindAProxy();
      const key = aKey();
      let lostAt = Number.POSITIVE_INFINITY;

      const failed = anError(
        far.run(
          key,
          async (lease) => {
            postgres[lose]();
            await untilLost(lease).finally(() => (lostAt = performance.now()));
          },
          { leaseSeconds: patience(1_000) / 1_000 },
        ),
      );
      await eventually(async () => expect(await database.client.lease.count({ where: { key } })).toBe(1));
      const startedAt = await others.run(key, async () => performance.now(), { waitSeconds: patience(20) });

      expect(await failed).toBeInstanceOf(LockLost);
      expect(startedAt).toBeGreaterThan(lostAt);
    },
  );

  it('keeps the lock when its Postgres comes back in time', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { locks: far, postgres } = await behindAProxy();
    const key = aKey();

    const leaseSeconds = patience(1_500) / 1_000;
    await far.run(
      key,
      async (lease) => {
        postgres.cut();
        await delay(leaseSeconds * 500);
        postgres.restore();
        await delay(leaseSeconds * 1_000);
        lease.throwIfLost();
        await expect(others.run(key, async () => 1)).rejects.toThrow(LockHeld);
      },
      { leaseSeconds },
    );
  });

  it('gives its result also when it cannot release the lock, which then ends by itself', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { locks: far, postgres } = await behindAProxy();
    const key = aKey();

    const result = await far.run(
      key,
      async () => {
        postgres.cut();
        return 'done';
      },
      { leaseSeconds: 1 },
    );

    expect(result).toBe('done');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`The lock ${key} was not released`));
    await expect(others.run(key, async () => 'mine', { waitSeconds: 20 })).resolves.toBe('mine');
  });
});
