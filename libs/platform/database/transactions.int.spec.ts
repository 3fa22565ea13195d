import { AsyncResource } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { configuredDatabases } from '../testing/configured-databases.js';
import type { Database } from './database.js';

const aPool = configuredDatabases();

const aName = () => `role-${crypto.randomUUID()}`;
const insertRole = (database: Database, name: string) =>
  database.query({ name: 'test.insert-role', text: 'INSERT INTO roles (name) VALUES ($1)' }, [name]);
const findRole = (database: Database, name: string) => database.client.role.findUnique({ where: { name } });

/** Every promise holds in both, but for the number of messages. */
describe.each(['batched', 'plain'])('Database.transaction, %s', (DATABASE_WIRE) => {
  const setup = (overrides: Record<string, string> = {}) => aPool({ DATABASE_WIRE, ...overrides }).database;

  it('rolls back what Prisma and plain SQL wrote', async () => {
    const database = setup();
    const [first, second] = [aName(), aName()];

    const failing = database.transaction(async () => {
      await database.client.role.create({ data: { name: first } });
      await insertRole(database, second);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await database.client.role.count({ where: { name: { in: [first, second] } } })).toBe(0);
  });

  it('covers a Prisma query that the work returns without awaiting it', async () => {
    const database = setup();
    // Outside of a transaction each statement is one, and begins with it.
    const hasBegunBefore = () =>
      database.client.$queryRaw<{ value: boolean }[]>`SELECT now() < statement_timestamp() AS value`;

    expect(await hasBegunBefore()).toEqual([{ value: false }]);
    expect(await database.transaction(() => hasBegunBefore())).toEqual([{ value: true }]);
  });

  it('lets nobody outside read its uncommitted rows, not even in the same tick', async () => {
    const database = setup();

    for (let round = 0; round < 20; round++) {
      const name = aName();
      const readOutside = AsyncResource.bind(async () => await findRole(database, name));

      const [inside, outside] = await database.transaction(async () => {
        await insertRole(database, name);
        return Promise.all([findRole(database, name), readOutside()]);
      });

      expect(inside).not.toBeNull();
      expect(outside).toBeNull();
    }
  });

  it('joins the outer transaction when nested', async () => {
    const database = setup();
    const name = aName();

    const failing = database.transaction(async () => {
      await database.transaction(() => insertRole(database, name));
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await findRole(database, name)).toBeNull();
  });

  it('gives nested writes of Prisma a savepoint', async () => {
    const database = setup();
    const name = aName();

    await database.transaction(() => database.client.role.create({ data: { name, users: { create: [] } } }));

    expect(await findRole(database, name)).toMatchObject({ name });
  });

  it('calls back after the commit, and not at all after a rollback', async () => {
    const database = setup();
    const calls: string[] = [];

    await database.transaction(async () => {
      database.afterCommit(() => calls.push('committed'));
      expect(calls).toEqual([]);
    });
    await database
      .transaction(async () => {
        database.afterCommit(() => calls.push('rolled back'));
        throw new Error('no');
      })
      .catch(() => undefined);

    expect(calls).toEqual(['committed']);
  });

  it('writes with the commit what was left for it', async () => {
    const database = setup();
    const [first, second] = [aName(), aName()];
    const write = (name: string) =>
      database.writeAtCommit({ name: 'test.insert-role', text: 'INSERT INTO roles (name) VALUES ($1)' }, [name]);

    await write(first);
    const seenBefore = await database.transaction(async () => {
      await write(second);
      return findRole(database, second);
    });

    expect(seenBefore).toBeNull();
    expect(await database.client.role.count({ where: { name: { in: [first, second] } } })).toBe(2);
  });

  it('rolls back when what was left for the commit fails', async () => {
    const database = setup();
    const name = aName();

    const failing = database.transaction(async () => {
      await insertRole(database, name);
      await database.writeAtCommit({ name: 'test.fail', text: 'SELECT 1 / $1::int' }, [0]);
    });

    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await findRole(database, name)).toBeNull();
  });

  it('does not pass for committed when somebody kept a failure to themselves', async () => {
    const database = setup();
    const [name, taken] = [aName(), aName()];
    await insertRole(database, taken);

    const failing = database.transaction(async () => {
      await insertRole(database, name);
      await insertRole(database, taken).catch(() => undefined);
    });

    await expect(failing).rejects.toThrow(/rolled back/);
    expect(await findRole(database, name)).toBeNull();
  });

  it('runs what has an order up to its first failure, and each caller gets its own answer', async () => {
    const database = setup();
    const [name, taken] = [aName(), aName()];
    await insertRole(database, taken);

    let answers: PromiseSettledResult<unknown>[] = [];
    const failing = database.transaction(async () => {
      const asked = [
        () => insertRole(database, name),
        () => insertRole(database, taken),
        () => database.query({ name: 'test.one', text: 'SELECT 1' }),
      ];
      answers = await database.inOrder(() => Promise.allSettled(asked.map((ask) => ask()))).then(([all]) => all);
    });

    await expect(failing).rejects.toThrow(/rolled back/);
    expect(answers).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: '23505' } },
      { reason: { code: '23505' } },
    ]);
    expect(await findRole(database, name)).toBeNull();
  });

  it('runs in order what has one, also behind and before statements that are still under way', async () => {
    const database = setup();
    const at = (pauseSeconds: number) => () =>
      database.query<{ at: string }>(
        { name: 'test.clock', text: 'SELECT clock_timestamp()::text AS at FROM pg_sleep($1::float8)' },
        [pauseSeconds],
      );

    const rows = await database.transaction(async () => {
      await database.query({ name: 'test.one', text: 'SELECT 1' });
      return Promise.all([at(0.05)(), database.inOrder(at(0.02), at(0)), at(0)()]);
    });

    const times = rows.flat(2).map((row) => row.at);
    expect(times).toHaveLength(4);
    expect(times).toEqual(times.toSorted());
  });

  it('has no order outside of a transaction', () => {
    const database = setup();

    expect(() => database.inOrder(() => Promise.resolve())).toThrow(/transaction/);
  });

  it.each(['committed', 'rolled back'])(
    'refuses what is asked of it after it was %s: the connection is not its own any more',
    async (end) => {
      const database = setup();
      const name = aName();
      const ask = [
        () => insertRole(database, name),
        () => database.client.role.create({ data: { name } }),
        () => database.inOrder(() => insertRole(database, name)),
        () =>
          database.writeAtCommit({ name: 'test.insert-late', text: 'INSERT INTO roles (name) VALUES ($1)' }, [name]),
      ];
      let endTransaction = (): void => undefined;
      const ended = new Promise<void>((resolve) => (endTransaction = resolve));
      let late: Promise<PromiseSettledResult<unknown>[]> | undefined;

      const transaction = database.transaction(async () => {
        await database.query({ name: 'test.begin', text: 'SELECT' });
        late = ended.then(() => Promise.allSettled(ask.map(async (each) => await each())));
        if (end === 'rolled back') throw new Error('no');
      });
      await transaction.catch(() => undefined);
      endTransaction();

      for (const outcome of (await late) ?? [])
        expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'TransactionIsOver' } });
      expect(await late).toHaveLength(ask.length);
      expect(await findRole(database, name)).toBeNull();
    },
  );

  it('begins before the first statement, of Prisma and of SQL', async () => {
    const database = setup();
    const ids = { name: 'test.transaction-id', text: 'SELECT pg_current_xact_id()::text AS id' };
    const ask = () => database.query<{ id: string }>(ids);
    const askWithPrisma = () => database.client.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`;

    const seen = [
      await database.transaction(() => Promise.all([askWithPrisma(), ask(), askWithPrisma()])),
      await database.transaction(() => Promise.all([ask(), askWithPrisma(), ask()])),
    ];

    for (const rows of seen) expect(new Set(rows.flat().map(({ id }) => id)).size).toBe(1);
    expect(seen[0]).not.toEqual(seen[1]);
  });

  it('runs the work again after a deadlock', async () => {
    const database = setup();
    const names = [aName(), aName()];
    await Promise.all(names.map((name) => insertRole(database, name)));
    const lock = { name: 'test.lock-role', text: 'SELECT 1 FROM roles WHERE name = $1 FOR UPDATE' };
    let waiting = 0;
    let bothHoldOne = () => {};
    const bothHold = new Promise<void>((resolve) => (bothHoldOne = resolve));

    const lockBoth = (first: string | undefined, second: string | undefined) =>
      database.transaction(async () => {
        await database.query(lock, [first]);
        if (++waiting === 2) bothHoldOne();
        await bothHold;
        await database.query(lock, [second]);
      });

    await Promise.all([lockBoth(names[0], names[1]), lockBoth(names[1], names[0])]);
    // Once more, if the machine lets the loser come back before the winner has gone on.
    expect(waiting).toBeGreaterThanOrEqual(3);
  });
});
