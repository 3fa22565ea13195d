import { Logger } from '@nestjs/common';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../config/load-env.js';
import type { Database } from '../database/database.js';
import { definePermission } from '../kernel/access/permissions.js';
import { newId } from '../kernel/values/ids.js';
import { Broadcasts } from '../redis/broadcasts.js';
import { RedisConnections } from '../redis/connection/redis-connections.js';
import { aValidEnv } from '../testing/env.factory.js';
import { testDatabase } from '../testing/test-database.js';
import { AccessChangeBroadcast } from './access-change-broadcast.js';
import { AccessInvalidation } from './access-invalidation.js';
import { AccessRevisionReader } from './access-revision-reader.js';
import { Roles, USER_ROLE } from './roles.js';
import { SqlAccessChanges } from './sql-access-changes.js';

const NOBODY_LISTENS = 'redis://127.0.0.1:1';
/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;

Logger.overrideLogger(false);
definePermission('tests:everyone', { description: 'For all.', everyone: true });

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
const closing: (() => unknown)[] = [database, otherDatabase].map((each) => () => each.onApplicationShutdown());
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

type Servers = Readonly<{ REDIS_URL?: string | undefined; postgres?: Database }>;

/** What every process holds, connected to the same Postgres and, unless told otherwise, the same Redis. */
async function aProcess({ REDIS_URL = process.env.REDIS_URL, postgres = database }: Servers = {}) {
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL, REDIS_TIMEOUT: '200' })));
  const commands = connections.commands();
  await commands.connect().catch(() => undefined);

  const invalidation = new AccessInvalidation();
  const roles = new Roles(postgres, invalidation);
  const broadcast = new AccessChangeBroadcast(invalidation, new Broadcasts(connections, commands));
  const reader = new AccessRevisionReader(invalidation, postgres);
  closing.push(
    () => connections.close(),
    () => reader.onModuleDestroy(),
  );
  await Promise.all([broadcast.onModuleInit(), reader.onModuleInit()]);
  return { roles, invalidation, changes: new SqlAccessChanges(postgres, broadcast) };
}

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  const roles = { create: { roleName: USER_ROLE } };
  await database.client.user.create({
    data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now, roles },
  });
  return id;
}

/** A role with one permission of its own. */
async function aRole(): Promise<{ name: string; permission: string }> {
  const [name, permission] = [`role-${newId()}`, `tests:${newId()}`];
  await database.client.role.create({ data: { name, permissions: [permission] } });
  return { name, permission };
}

const give = (userId: string, roleName: string) => database.client.userRole.create({ data: { userId, roleName } });

/** Until both hear each other: subscribing takes a moment, and what is published before is what the reader is for. */
async function connected(
  here: { changes: SqlAccessChanges },
  there: { invalidation: AccessInvalidation },
): Promise<void> {
  const heard: string[] = [];
  const marker = `user:${newId()}` as const;
  there.invalidation.onInvalidate((subject) => heard.push(subject));
  await eventually(async () => {
    await here.changes.during(marker, async () => undefined);
    expect(heard).toContain(marker);
  });
}

describe('a change of roles', () => {
  it('is effective in another process as soon as Redis has passed it on', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    await connected(here, there);
    const [userId, { name, permission }] = [await aUserId(), await aRole()];
    expect([...(await there.roles.accessOf(userId)).permissions]).toEqual(['tests:everyone']);

    const started = performance.now();
    await here.changes.during(`user:${userId}`, () => give(userId, name));

    await eventually(async () => expect((await there.roles.accessOf(userId)).permissions).toContain(permission));
    expect(performance.now() - started).toBeLessThan(patience(500));
  });

  it('is effective within a second when no message can arrive', async () => {
    const [here, there] = [
      await aProcess({ REDIS_URL: NOBODY_LISTENS }),
      await aProcess({ REDIS_URL: NOBODY_LISTENS }),
    ];
    const [userId, { name, permission }] = [await aUserId(), await aRole()];
    await there.roles.accessOf(userId);

    const started = performance.now();
    await here.changes.during(`user:${userId}`, () => give(userId, name));

    await eventually(async () => expect((await there.roles.accessOf(userId)).permissions).toContain(permission));
    expect(performance.now() - started).toBeLessThan(patience(LESS_THAN_A_SECOND_MS));
  });

  it('is effective here when it commits, for all who hold the role', async () => {
    const { roles, changes } = await aProcess({ REDIS_URL: NOBODY_LISTENS });
    const [userId, { name, permission }] = [await aUserId(), await aRole()];
    await give(userId, name);
    expect((await roles.accessOf(userId)).permissions).toContain(permission);

    await changes.during('everyone', () => database.client.role.update({ where: { name }, data: { permissions: [] } }));

    expect(roles.cachedAccessOf(userId)).toBeUndefined();
    expect((await roles.accessOf(userId)).permissions).not.toContain(permission);
  });

  it('is forgotten when it fails', async () => {
    const { roles, changes } = await aProcess({ REDIS_URL: NOBODY_LISTENS });
    const userId = await aUserId();
    await roles.accessOf(userId);

    await expect(changes.during('everyone', () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(roles.cachedAccessOf(userId)).toBeDefined();
  });

  it('costs nobody a reading but those it is about', async () => {
    const { roles, changes } = await aProcess();
    const [changed, other] = [await aUserId(), await aUserId()];
    await Promise.all([changed, other].map((id) => roles.accessOf(id)));

    await changes.during(`user:${changed}`, async () => undefined);

    expect([roles.cachedAccessOf(changed), roles.cachedAccessOf(other)]).toEqual([undefined, expect.anything()]);
  });

  it('waits for the one before it, in every process', async () => {
    const [here, there] = [await aProcess(), await aProcess({ postgres: otherDatabase })];
    const order: string[] = [];
    let second: Promise<unknown> | undefined;

    await here.changes.during('everyone', async () => {
      second = there.changes.during('everyone', async () => order.push('second'));
      await database.query({ name: 'tests.pause', text: 'SELECT pg_sleep(0.1)' });
      order.push('first');
    });
    await second;

    expect(order).toEqual(['first', 'second']);
  });

  it('is not undone by what was read before it and arrives after it', async () => {
    const [userId, { name, permission }] = [await aUserId(), await aRole()];
    const { postgres, hasRead, deliver } = aSlowPostgres();
    const invalidation = new AccessInvalidation();
    const roles = new Roles(postgres, invalidation);

    const reading = roles.accessOf(userId);
    await hasRead;
    await give(userId, name);
    invalidation.apply(1, `user:${userId}`);
    deliver();

    expect(await reading).not.toContain(permission);
    expect((await roles.accessOf(userId)).permissions).toContain(permission);
  });
});

/** Reads at once, and answers when it is told to. */
function aSlowPostgres() {
  const [read, delivery] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const query = async (...args: Parameters<Database['query']>) => {
    const rows = await database.query(...args);
    read.resolve();
    await delivery.promise;
    return rows;
  };
  return { postgres: { query } as Database, hasRead: read.promise, deliver: delivery.resolve };
}
