import { afterAll, describe, expect, it } from 'vitest';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { createAdministrator } from './admin.js';

const { DATABASE_URL, REDIS_URL } = process.env;
const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

/** What production adds to the test environment. */
const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com', MAIL_FROM: 'no-reply@example.com' };
const create = (email: string, overrides: Record<string, string> = {}) =>
  createAdministrator(loadEnv(aValidEnv({ ...PRODUCTION, DATABASE_URL, REDIS_URL, ...overrides })), email);

const rolesOf = async (email: string) => {
  const user = await database.client.user.findFirstOrThrow({
    where: { email },
    include: { roles: { orderBy: { roleName: 'asc' } } },
  });
  return user.roles.map(({ roleName }) => roleName);
};
const eventsAbout = async (subjectId: string) =>
  (await database.client.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
    ({ type, actorId }) => [type, actorId],
  );

describe('admin:create', () => {
  it('makes an account with all that belongs to it, and says nothing of who it is', async () => {
    const { email } = aUser();

    const told = await create(email);

    const { id, passwordHash } = await database.client.user.findFirstOrThrow({ where: { email } });
    expect([await rolesOf(email), passwordHash]).toEqual([['admin', 'user'], null]);
    expect(await eventsAbout(id)).toEqual([
      ['user.created', null],
      ['user.roles-changed', null],
    ]);
    expect(await database.client.passwordReset.count({ where: { email } })).toBe(1);
    expect(told).toMatch(new RegExp(`^The new account ${id} is an administrator from now on\\.\n.+link`));
    expect(told).not.toContain(email);
  });

  it('makes an administrator of somebody who has an account, which stays as it is', async () => {
    const { id, email } = await database.client.user.create({ data: aUser() });

    const told = await create(email.toUpperCase());

    expect(await rolesOf(email)).toContain('admin');
    expect(await database.client.passwordReset.count({ where: { email } })).toBe(0);
    expect(told).toBe(`The account ${id} is an administrator from now on.`);
  });

  it('changes nothing the second time', async () => {
    const { id, email } = await database.client.user.create({ data: aUser() });
    await create(email);

    const told = await create(email);

    expect(told).toContain('nothing has changed');
    expect(await eventsAbout(id)).toHaveLength(1);
  });

  it('makes no account without the role, when something goes wrong in between', async () => {
    const { email } = aUser();
    await database.client.$executeRawUnsafe(`ALTER TABLE roles RENAME TO roles_away`);
    try {
      await expect(create(email)).rejects.toThrow();
    } finally {
      await database.client.$executeRawUnsafe(`ALTER TABLE roles_away RENAME TO roles`);
    }

    expect(await database.client.user.findFirst({ where: { email } })).toBeNull();
  });

  it('works without Redis', async () => {
    const { email } = aUser();

    await create(email, { REDIS_URL: 'redis://127.0.0.1:1', REDIS_TIMEOUT: '200' });

    expect(await rolesOf(email)).toContain('admin');
  });
});
