import { afterAll, describe, expect, it } from 'vitest';
import { Database } from '#platform/database/database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { ResetTokens } from './application/passwords/reset/reset-tokens.js';
import type { OpaqueResetTokens } from './infrastructure/opaque-reset-tokens.js';
import { Argon2PasswordHasher } from './infrastructure/passwords/argon2-password-hasher.js';
import { PrismaAccountsRepository } from './infrastructure/prisma-accounts.repository.js';
import { anAddress, PASSWORD, twoProcesses } from './testing/two-processes.js';
import { aUser } from './testing/user.factory.js';

/** Two processes of the API over the same Postgres and Redis. */
const { here, there, aClient, aSignedInUser, stop } = await twoProcesses();
afterAll(stop);

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
