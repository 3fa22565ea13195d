import { afterAll, describe, expect, it } from 'vitest';
import { Database } from '#platform/database/database.js';
import { definedPermissions } from '#platform/kernel/access/permissions.js';
import { ResetTokens } from './application/passwords/reset/reset-tokens.js';
import type { OpaqueResetTokens } from './infrastructure/opaque-reset-tokens.js';
import { PrismaAccountsRepository } from './infrastructure/prisma-accounts.repository.js';
import { anAddress, PASSWORD, twoProcesses } from './testing/two-processes.js';
import { anEmail, aUser } from './testing/user.factory.js';

/** Two processes of the API over the same Postgres and Redis. */
const { here, there, aClient, mailedToken, aSignedInUser, stop } = await twoProcesses();
afterAll(stop);

describe('an account', () => {
  it('is there when its address is verified, and not before', async () => {
    const [{ post, me }, email] = [aClient(), anEmail()];

    expect((await post('register', { email, password: PASSWORD, name: 'Ada' })).statusCode).toBe(202);
    expect((await post('login', { email, password: PASSWORD })).json()).toMatchObject({
      status: 403,
      code: 'EMAIL_NOT_VERIFIED',
    });
    expect((await post('login', { email, password: 'wrong' })).json()).toMatchObject({
      status: 401,
      code: 'INVALID_CREDENTIALS',
    });

    const token = await mailedToken(email);
    expect((await post('email/verify', { token })).statusCode).toBe(204);
    expect((await post('email/verify', { token })).json()).toMatchObject({ status: 422, code: 'EMAIL_TOKEN_INVALID' });

    const session = await post('login', { email: email.toUpperCase(), password: PASSWORD });
    expect(session.statusCode).toBe(200);
    expect((await me(session.json().data.accessToken)).json()).toMatchObject({ data: { email, name: 'Ada' } });
  });

  it('leaves its registration as it is when it cannot begin', async () => {
    const [{ post }, email] = [aClient(), anEmail()];
    await post('register', { email, password: PASSWORD });
    const token = await mailedToken(email);
    await new PrismaAccountsRepository(here.get(Database)).add(aUser({ email }));

    expect((await post('email/verify', { token })).json()).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' });

    expect(await here.get(Database).client.registration.count({ where: { email } })).toBe(1);
  });

  it('begins without a password when several were proposed, and stays closed to all of them', async () => {
    const [{ post }, email] = [aClient(), anEmail()];
    await post('register', { email, password: PASSWORD });
    const token = await mailedToken(email);
    await post('register', { email, password: 'planted by somebody' });

    expect((await post('email/verify', { token })).statusCode).toBe(204);

    for (const password of [PASSWORD, 'planted by somebody'])
      expect((await post('login', { email, password })).statusCode).toBe(401);
    expect(await here.get(Database).client.passwordReset.count({ where: { email } })).toBe(1);
  });

  it('begins with the password of a person who registered twice with it', async () => {
    const [{ post }, email] = [aClient(), anEmail()];
    for (let i = 0; i < 2; i++) await post('register', { email, password: PASSWORD });

    expect((await post('email/verify', { token: await mailedToken(email) })).statusCode).toBe(204);

    expect((await post('login', { email, password: PASSWORD })).statusCode).toBe(200);
  });

  it('is not told from none by registering its address and signing in', async () => {
    const { email } = await aSignedInUser();
    const answers = [];
    for (const address of [email, anEmail()]) {
      const { post } = aClient();
      await post('register', { email: address, password: 'a guess of mine' });
      answers.push([
        (await post('login', { email: address, password: 'a guess of mine' })).json().code,
        (await post('login', { email: address, password: 'another' })).json().code,
      ]);
    }

    expect(answers).toEqual(Array(2).fill(['EMAIL_NOT_VERIFIED', 'INVALID_CREDENTIALS']));
    expect((await aClient().post('login', { email, password: PASSWORD })).statusCode).toBe(200);
  });

  it('keeps no password, token or address where a dump of the jobs would show it', async () => {
    const [{ post }, email] = [aClient(), anEmail()];
    await post('register', { email, password: PASSWORD });
    const token = await mailedToken(email);

    const rows = [
      await here.get(Database).client.job.findMany(),
      await here.get(Database).client.registration.findMany(),
    ];
    const dump = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value));

    expect(dump).not.toContain(token);
    expect(dump).not.toContain(PASSWORD);
  });

  it('holds the permissions of everybody', async () => {
    const { tokens } = await aSignedInUser();

    const response = await here.inject({
      url: '/v1/me/permissions',
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });

    const ofEverybody = [...definedPermissions().values()].filter(({ everyone }) => everyone).map(({ name }) => name);
    expect(response.json().data.toSorted()).toEqual(ofEverybody.toSorted());
  });
});

describe('a deleted account', () => {
  /** Deleted as an administrator does it. */
  async function aDeletedUser() {
    const [admin, user] = [await aSignedInUser(), await aSignedInUser()];
    const idOf = async ({ email }: { email: string }) =>
      (await here.get(Database).client.user.findFirstOrThrow({ where: { email } })).id;
    await here.get(Database).client.userRole.create({ data: { userId: await idOf(admin), roleName: 'admin' } });
    await user.post('password/forgot', { email: user.email });
    const { id: resetId } = await here
      .get(Database)
      .client.passwordReset.findFirstOrThrow({ where: { email: user.email } });

    const [id, headers] = [await idOf(user), { authorization: `Bearer ${admin.tokens.accessToken}` }];
    const { statusCode } = await there.inject({
      method: 'DELETE',
      url: `/v1/users/${id}`,
      headers,
      remoteAddress: anAddress(),
    });
    expect(statusCode).toBe(204);
    return {
      ...user,
      id,
      resetToken: here.get<ResetTokens, OpaqueResetTokens>(ResetTokens, { strict: false }).issue(resetId),
    };
  }

  it('is to strangers and to its former owner as if it had never been', async () => {
    const { post, email, tokens, resetToken } = await aDeletedUser();
    const answer = async (address: string) => {
      const { statusCode, body } = await post('login', { email: address, password: PASSWORD });
      return [statusCode, JSON.parse(body).code, JSON.parse(body).detail];
    };

    expect(await answer(email)).toEqual(await answer(anEmail()));
    expect((await post('password/reset', { token: resetToken, password: 'another password' })).json()).toMatchObject({
      code: 'RESET_TOKEN_INVALID',
    });
    expect((await post('refresh', { refreshToken: tokens.refreshToken })).json()).toMatchObject({
      status: 401,
      code: 'REFRESH_TOKEN_INVALID',
    });
  });

  it('frees its address for a new account, with nothing of the old one', async () => {
    const { post, me, email, id } = await aDeletedUser();
    const password = 'the password of a new beginning';

    expect((await post('register', { email, password })).statusCode).toBe(202);
    expect((await post('email/verify', { token: await mailedToken(email) })).statusCode).toBe(204);
    const session = await post('login', { email, password });

    expect(session.statusCode).toBe(200);
    expect((await post('login', { email, password: PASSWORD })).json()).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    const { data } = (await me(session.json().data.accessToken)).json();
    expect(data).toMatchObject({ email, name: null });
    expect(data.id).not.toBe(id);
    expect(await here.get(Database).client.user.findFirst({ where: { id } })).toMatchObject({
      email: `deleted:${id}`,
      deletedAt: expect.any(Date),
    });
  });
});
