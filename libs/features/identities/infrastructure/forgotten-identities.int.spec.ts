import { afterAll, expect, it } from 'vitest';
import type { Database } from '#platform/database/database.js';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { anIdentity } from '../testing/identity.factory.js';
import { storedUsers } from '../testing/stored-users.js';

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
afterAll(() => Promise.all([database, otherDatabase].map((each) => each.onApplicationShutdown())));

const removeUser = (through: Database, id: string) => storedUsers(through, new StoppedClock()).remove(id);

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now } });
  return id;
}

it('leaves the external accounts of a removed user to be linked anew', async () => {
  const identity = anIdentity({ userId: await aUserId() });
  await database.client.identity.create({ data: identity });

  await removeUser(database, identity.userId);

  expect(await database.client.identity.count({ where: { userId: identity.userId } })).toBe(0);
  await database.client.identity.create({ data: { ...identity, id: newId(), userId: await aUserId() } });
});

it('takes along what is linked at the same moment', async () => {
  const userId = await aUserId();
  let removal: Promise<void> | undefined;

  await database.transaction(async () => {
    await database.client.identity.create({ data: anIdentity({ userId }) });
    removal = removeUser(otherDatabase, userId);
    await eventually(async () => expect(await waitingForLocks()).toBe(1));
  });
  await removal;

  expect(await database.client.identity.count({ where: { userId } })).toBe(0);
});

/** Asked outside of the transaction: inside, Postgres would show the same picture again and again. */
async function waitingForLocks(): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await otherDatabase.query({ name: 'tests.waiting-for-locks', text })).length;
}
