import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#apps/api/src/app.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { definedPermissions } from '#platform/kernel/access/permissions.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { ResetTokens } from './application/passwords/reset/reset-tokens.js';
import { EmailTokens } from './application/registration/email-tokens.js';
import type { OpaqueEmailTokens } from './infrastructure/opaque-email-tokens.js';
import type { OpaqueResetTokens } from './infrastructure/opaque-reset-tokens.js';
import { Argon2PasswordHasher } from './infrastructure/passwords/argon2-password-hasher.js';
import { PrismaAccountsRepository } from './infrastructure/prisma-accounts.repository.js';
import { anEmail, aUser } from './testing/user.factory.js';

const { DATABASE_URL, REDIS_URL } = process.env;
const PASSWORD = 'correct horse battery staple';

/** Two processes of the API over the same Postgres and Redis. */
let here: NestFastifyApplication;
let there: NestFastifyApplication;

beforeAll(async () => {
  const env = loadEnv(aValidEnv({ DATABASE_URL, REDIS_URL, REDIS_TIMEOUT: '2000' }));
  [here, there] = await Promise.all([createApp(env), createApp(env)]);
  for (const app of [here, there]) {
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  }
});
afterAll(() => Promise.all([here, there].map((app) => app.close())));

/** Each test calls from an address of its own: limits per address are not what it is about. */
let addresses = 0;
const anAddress = () => `203.0.113.${++addresses}`;

function aClient(app = here) {
  const remoteAddress = anAddress();
  return {
    post: (path: string, payload?: object, headers = {}) =>
      app.inject({ method: 'POST', url: `/v1/auth/${path}`, ...(payload && { payload }), headers, remoteAddress }),
    me: (accessToken: string, process = app) =>
      process.inject({ url: '/v1/me', headers: { authorization: `Bearer ${accessToken}` }, remoteAddress }),
  };
}

/** The token of the mail that went to this address. */
async function mailedToken(email: string): Promise<string> {
  const registration = await here.get(Database).client.registration.findFirstOrThrow({ where: { email } });
  const jobs = await here.get(Database).client.job.findMany({ where: { name: 'users.send-verification-email' } });
  expect(jobs.map(({ payload }) => payload)).toContainEqual({ registrationId: registration.id });
  return here.get<EmailTokens, OpaqueEmailTokens>(EmailTokens, { strict: false }).issue(registration.id);
}

async function aSignedInUser() {
  const [client, email] = [aClient(), anEmail()];
  await client.post('register', { email, password: PASSWORD });
  await client.post('email/verify', { token: await mailedToken(email) });
  const response = await client.post('login', { email, password: PASSWORD });
  return {
    ...client,
    email,
    response,
    tokens: response.json().data as Record<'accessToken' | 'refreshToken' | 'sessionId', string>,
  };
}

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

describe('a session', () => {
  it('works in every process', async () => {
    const { me, tokens, email } = await aSignedInUser();

    expect((await me(tokens.accessToken, there)).json()).toMatchObject({ data: { email } });
  });

  it('answers twenty refreshes at once, over two processes, with one successor', async () => {
    const { tokens } = await aSignedInUser();
    const clients = [aClient(here), aClient(there)];

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => clients[i % 2]!.post('refresh', { refreshToken: tokens.refreshToken })),
    );

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.json().data.refreshToken)).size).toBe(1);
  });

  it('is over in every process at once when it is logged out', async () => {
    const { post, me, tokens } = await aSignedInUser();
    for (const process of [here, there]) expect((await me(tokens.accessToken, process)).statusCode).toBe(200);

    const bearer = { authorization: `Bearer ${tokens.accessToken}` };
    expect((await post('logout', undefined, bearer)).statusCode).toBe(204);

    expect((await me(tokens.accessToken, here)).json()).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
    const loggedOutAt = performance.now();
    await eventually(async () => expect((await me(tokens.accessToken, there)).statusCode).toBe(401));
    expect(performance.now() - loggedOutAt).toBeLessThan(patience(1_000));
    expect((await post('refresh', { refreshToken: tokens.refreshToken })).json()).toMatchObject({
      status: 401,
      code: 'REFRESH_TOKEN_INVALID',
    });
  });

  it('is over, access token included, when an old refresh token is replayed', async () => {
    const { post, me, tokens } = await aSignedInUser();
    const second = (await post('refresh', { refreshToken: tokens.refreshToken })).json().data;
    const third = (await post('refresh', { refreshToken: second.refreshToken })).json().data;

    expect((await post('refresh', { refreshToken: tokens.refreshToken })).json()).toMatchObject({
      status: 401,
      code: 'REFRESH_TOKEN_REUSED',
    });

    expect((await post('refresh', { refreshToken: third.refreshToken })).statusCode).toBe(401);
    expect((await me(third.accessToken)).json()).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
  });

  it('leaves no token alive when logout and refresh race', async () => {
    const { post, me, tokens } = await aSignedInUser();
    const bearer = { authorization: `Bearer ${tokens.accessToken}` };

    const [, ...refreshes] = await Promise.all([
      post('logout', undefined, bearer),
      ...Array.from({ length: 8 }, () => post('refresh', { refreshToken: tokens.refreshToken })),
    ]);

    for (const answer of refreshes.filter(({ statusCode }) => statusCode === 200)) {
      const { accessToken, refreshToken } = answer.json().data;
      expect((await me(accessToken)).statusCode).toBe(401);
      expect((await post('refresh', { refreshToken })).statusCode).toBe(401);
    }
  });
});

describe('a password', () => {
  it('refuses every password of a user who signs in through providers only', async () => {
    const user = aUser({ passwordHash: null });
    await new PrismaAccountsRepository(here.get(Database)).add(user);

    expect((await aClient().post('login', { email: user.email, password: PASSWORD })).json()).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
  });

  it('gets a stronger hash when it is shown, in which parallel sign-ins do not disturb each other', async () => {
    const users = new PrismaAccountsRepository(here.get(Database));
    const user = aUser({ passwordHash: await new Argon2PasswordHasher({ memory: 64, passes: 1 }).hash(PASSWORD) });
    await users.add(user);
    const clients = [aClient(here), aClient(there)];

    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => clients[i % 2]!.post('login', { email: user.email, password: PASSWORD })),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200));
    expect((await users.findById(user.id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,/);
  });

  it('leaves no session of the old one alive when sign-ins, a change and a reset race', async () => {
    const { me, email, tokens } = await aSignedInUser();
    const [client, elsewhere] = [aClient(), aClient(there)];
    await client.post('password/forgot', { email });
    const { id } = await here.get(Database).client.passwordReset.findFirstOrThrow({ where: { email } });
    const token = here.get<ResetTokens, OpaqueResetTokens>(ResetTokens, { strict: false }).issue(id);
    const change = () =>
      here.inject({
        method: 'POST',
        url: '/v1/me/password',
        headers: { authorization: `Bearer ${tokens.accessToken}` },
        remoteAddress: anAddress(),
        payload: { currentPassword: PASSWORD, newPassword: 'the changed password' },
      });

    const [reset, changed, ...signIns] = await Promise.all([
      elsewhere.post('password/reset', { token, password: 'the reset password' }),
      change(),
      ...Array.from({ length: 6 }, () => client.post('login', { email, password: PASSWORD })),
    ]);

    const outcome = [reset.statusCode, changed.statusCode].filter((status) => status === 204);
    expect(outcome).toHaveLength(1);
    for (const answer of signIns.filter(({ statusCode }) => statusCode === 200)) {
      const { accessToken } = answer.json().data;
      await eventually(async () => expect((await me(accessToken)).statusCode).toBe(401));
    }
  });
});
