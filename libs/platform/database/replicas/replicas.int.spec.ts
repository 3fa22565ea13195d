import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import {
  describeWithStandby,
  type PostgresPair,
  startForeignStandby,
  startPostgresPair,
} from '#platform/testing/servers/standby.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../../config/load-env.js';
import { newId } from '../../kernel/values/ids.js';
import { type CurrentRequest, withRequest } from '../../request/current-request.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { Database } from '../database.js';
import { connectionOptions } from '../pool/connection.js';
import { RoutedPool } from '../pool/routed-pool.js';
import { OwnWrites } from './own-writes.js';
import { Replica } from './replica.js';
import { Replicas } from './replicas.js';

const MAX_LAG_MS = 3_000;

/** Whether the answer comes from a standby. */
const WHERE = { name: 'test.where', text: 'SELECT pg_is_in_recovery() AS "isStandby"' };
const INSERT = { name: 'test.insert-role', text: 'INSERT INTO roles (name) VALUES ($1)' };
const FIND = { name: 'test.find-role', text: 'SELECT name FROM roles WHERE name = $1' };

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const aRequest = (method = 'GET', userId = newId()): CurrentRequest => ({
  id: newId(),
  ip: '192.0.2.1',
  method,
  headers: {},
  span: null,
  traceId: '',
  principal: { id: userId, kind: 'user', sessionId: newId(), roles: [], permissions: new Set() },
});

describeWithStandby('Database.stale', () => {
  let pair: PostgresPair;
  beforeAll(async () => {
    pair = await startPostgresPair();
  });
  afterAll(() => pair.stop());

  function setup(standbys: readonly string[] = [pair.standby], primary = pair.primary) {
    const env = loadEnv(aValidEnv({ DATABASE_URL: primary, DATABASE_POOL_SIZE: '4' }));
    const open = (url: string) => {
      const pool = new RoutedPool(connectionOptions(env, 'replicas.int.spec', url));
      return pool.on('error', () => undefined).on('connect', (client) => void client.on('error', () => undefined));
    };
    const redis = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: 0, retryStrategy: () => 50 });
    redis.on('error', () => undefined);
    const pool = open(primary);
    const ownWrites = new OwnWrites(redis, MAX_LAG_MS);
    const replicas = new Replicas({
      primary: pool,
      replicas: standbys.map((url) => new Replica(open(url), MAX_LAG_MS)),
      ownWrites,
      maxLagMs: MAX_LAG_MS,
    });
    const database = new Database(pool, replicas);
    replicas.onModuleInit();
    closings.push(async () => {
      await replicas.beforeApplicationShutdown();
      await Promise.all([replicas.onApplicationShutdown(), database.onApplicationShutdown()]);
      redis.disconnect();
    });
    const isStandby = async () => (await database.query<{ isStandby: boolean }>(WHERE))[0]?.isStandby;
    const whenRead = (from: 'standby' | 'primary') =>
      eventually(async () => expect(await database.stale(isStandby)).toBe(from === 'standby'));
    return { database, replicas, redis, ownWrites, isStandby, whenRead };
  }

  it('reads from a standby: plain SQL, Prisma, and what Prisma asks for in several statements', async () => {
    const { database, whenRead } = setup();
    await whenRead('standby');

    const byPrisma = await database.stale(
      () => database.client.$queryRaw<unknown[]>`SELECT pg_is_in_recovery() AS value`,
    );
    const related = await database.stale(() =>
      database.client.role.findMany({ where: { name: 'admin' }, include: { users: true } }),
    );

    expect(byPrisma).toEqual([{ value: true }]);
    expect(related).toHaveLength(1);
  });

  it('reads from the primary what does not say that it may be stale, and in a transaction everything', async () => {
    const { database, isStandby, whenRead } = setup();
    await whenRead('standby');

    const inTransaction = () => database.transaction(() => database.stale(isStandby));
    const aroundTransaction = () => database.stale(() => database.transaction(isStandby));

    expect([await isStandby(), await inTransaction(), await aroundTransaction()]).toEqual([false, false, false]);
  });

  it('sees in a transaction what that has written, also where a read may be stale', async () => {
    const { database, whenRead } = setup();
    const name = `role-${newId()}`;
    await whenRead('standby');

    const seen = await database.transaction(async () => {
      await database.query(INSERT, [name]);
      return database.stale(() => database.query(FIND, [name]));
    });

    expect(seen).toEqual([{ name }]);
  });

  it('gives a writer what they wrote, though the standby does not have it yet; others what it has', async () => {
    const { database, ownWrites, isStandby, whenRead } = setup();
    const [name, writer] = [`role-${newId()}`, newId()];
    const read = () => database.stale(() => database.query(FIND, [name]));
    await whenRead('standby');
    await eventually(async () => expect(await withRequest(aRequest(), () => database.stale(isStandby))).toBe(true));

    await pair.holdBack();
    await database.query(INSERT, [name]);
    await ownWrites.note(writer);
    const [theirs, others] = await Promise.all([
      withRequest(aRequest('GET', writer), read),
      withRequest(aRequest(), read),
    ]);
    await pair.catchUp();

    expect([theirs, others]).toEqual([[{ name }], []]);
  });

  it('reads from the primary in a request that itself may write', async () => {
    const { database, isStandby, whenRead } = setup();
    await whenRead('standby');

    expect(await withRequest(aRequest('POST'), () => database.stale(isStandby))).toBe(false);
  });

  it('takes everybody for a writer while Redis is away, and until all notes that it may have lost are old', async () => {
    const { database, redis, isStandby, whenRead } = setup();
    const read = () => withRequest(aRequest(), () => database.stale(isStandby));
    await whenRead('standby');
    await eventually(async () => expect(await read()).toBe(true));

    redis.stream.destroy();
    const answers = [await read()];
    await eventually(async () => void (await redis.ping()));
    answers.push(await read());

    expect(answers).toEqual([false, false]);
    await eventually(async () => expect(await read()).toBe(true));
  });

  it('never answers with what is older than allowed: one that falls behind is left, and taken again', async () => {
    const { database, replicas, isStandby, whenRead } = setup();
    await whenRead('standby');

    await pair.holdBack();
    await database.query(INSERT, [`role-${newId()}`]);
    await whenRead('primary');
    await eventually(() => expect(replicas.problem).toBe('REPLICA_BEHIND'));
    await pair.catchUp();

    await whenRead('standby');
    expect([replicas.problem, await database.stale(isStandby)]).toEqual([null, true]);
  });

  it('goes on without a standby that is gone or refuses, also in the middle of a read, and comes back to it', async () => {
    const proxy = await cuttableProxy(pair.standby);
    closings.push(proxy.close);
    const { database, replicas, isStandby, whenRead } = setup([proxy.url]);
    await whenRead('standby');

    const reading = database.stale(async () => {
      if ((await isStandby()) === true) proxy.cut();
      return isStandby();
    });

    expect(await reading).toBe(false);
    await eventually(() => expect(replicas.problem).toBe('REPLICA_UNAVAILABLE'));
    proxy.restore();
    await whenRead('standby');
  });

  it('does not wait for a standby that has fallen silent', async () => {
    const proxy = await cuttableProxy(pair.standby);
    closings.push(proxy.close);
    const { database, isStandby, whenRead } = setup([proxy.url]);
    await whenRead('standby');

    const [startedAt, timeoutMs] = [performance.now(), 10_000];
    const isFromStandby = await database.stale(async () => {
      proxy.freeze();
      return isStandby();
    });

    expect(isFromStandby).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(timeoutMs);
  });

  it('asks what a standby refuses of the primary: what is not there yet, or a write', async () => {
    const { database, whenRead } = setup();
    const name = `role-${newId()}`;
    await whenRead('standby');

    await database.stale(() => database.query(INSERT, [name]));

    expect(await database.query(FIND, [name])).toEqual([{ name }]);
  });

  it('fails with what the primary fails with', async () => {
    const { database, whenRead } = setup();
    await whenRead('standby');

    await expect(
      database.stale(() => database.query({ name: 'test.wrong', text: 'SELECT 1 / 0' })),
    ).rejects.toMatchObject({ code: '22012' });
  });

  it.each([
    ['the primary itself', async () => pair.primary],
    ['a standby of another one', foreignStandby],
  ])('does not take for its standby: %s', async (_what, find) => {
    const { database, replicas, isStandby } = setup([await find()]);

    await eventually(() => expect(replicas.problem).toBe('REPLICA_IS_NO_STANDBY'));

    expect(await database.stale(isStandby)).toBe(false);
  });

  it('reads from those standbys that are left', async () => {
    const { database, isStandby, whenRead } = setup(['postgresql://postgres@127.0.0.1:1/none', pair.standby]);
    await whenRead('standby');

    const answers = await Promise.all([1, 2, 3].map(() => database.stale(isStandby)));

    expect(answers).toEqual([true, true, true]);
  });

  it('reads from one that was promoted no more: it has a history of its own', async () => {
    const { replicas, whenRead } = setup();
    await whenRead('standby');

    await pair.promote();

    await whenRead('primary');
    await eventually(() => expect(replicas.problem).toBe('REPLICA_IS_NO_STANDBY'));
  });
});

async function foreignStandby(): Promise<string> {
  const server = await startForeignStandby();
  closings.push(() => server.stop());
  return server.url;
}
