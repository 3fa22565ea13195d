import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Sessions } from '#platform/auth/sessions/sessions.js';
import { RefreshTokens } from '#platform/auth/tokens/refresh-tokens.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Clock } from '#platform/kernel/clock.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { httpApp } from '#platform/testing/http-app.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { AccountsRepository } from '../application/accounts.repository.js';
import { AfterPasswordChange } from '../application/passwords/after-password-change.js';
import { ChangePassword } from '../application/passwords/change-password.js';
import { CheckCurrentPassword } from '../application/passwords/check-current-password.js';
import { CommonPasswords } from '../application/passwords/common-passwords.js';
import { FindReset } from '../application/passwords/find-reset.js';
import { ForgotPassword } from '../application/passwords/forgot-password.js';
import { NewPasswords } from '../application/passwords/new-passwords.js';
import { PasswordHasher } from '../application/passwords/password-hasher.js';
import { PasswordResetsRepository } from '../application/passwords/password-resets.repository.js';
import { ReplacePassword } from '../application/passwords/replace-password.js';
import { ResetPassword } from '../application/passwords/reset-password.js';
import { ResetTokens } from '../application/passwords/reset-tokens.js';
import { SignInThrottle } from '../application/passwords/sign-in-throttle.js';
import { EndMySessions } from '../application/sessions/end-my-sessions.js';
import { ListMySessions } from '../application/sessions/list-my-sessions.js';
import { InMemoryAccountsRepository } from '../testing/in-memory-accounts.repository.js';
import { InMemoryPasswordResetsRepository } from '../testing/in-memory-password-resets.repository.js';
import { PlainPasswordHasher } from '../testing/plain-password-hasher.js';
import { RecordedSignInThrottle } from '../testing/recorded-sign-in-throttle.js';
import { anEmail, aPasswordReset, aUser, NOW } from '../testing/user.factory.js';
import { MyPasswordController } from './my-password.controller.js';
import { MySessionsController } from './my-sessions.controller.js';
import { PasswordResetController } from './password-reset.controller.js';

/** Two sessions of everybody: the one that asks, and another. */
class FakeSessions {
  readonly other = newId();
  readonly ended: unknown[] = [];

  constructor(private readonly current: string) {}

  list = async () =>
    [this.current, this.other].map((id) => ({
      id,
      createdAt: NOW,
      rotatedAt: NOW,
      expiresAt: NOW,
      userAgent: 'Firefox',
      ipAddress: null,
      userId: newId(),
      counter: 7,
      endedAt: null,
    }));

  endOwn = async (userId: string, id: string) => {
    if (id !== this.other && id !== this.current) return false;
    this.ended.push([userId, id]);
    return true;
  };

  endAll = async (userId: string, except: string | null) => void this.ended.push([userId, 'all but', except]);
}

async function setup() {
  const [users, resets, throttle] = [
    new InMemoryAccountsRepository(),
    new InMemoryPasswordResetsRepository(),
    new RecordedSignInThrottle(),
  ];
  const me = aUser();
  await users.add(me);
  const principal = aPrincipal({ id: me.id });
  const sessions = new FakeSessions(String(principal.sessionId));
  const app = await httpApp(
    {
      controllers: [PasswordResetController, MyPasswordController, MySessionsController],
      providers: [
        AfterPasswordChange,
        ChangePassword,
        CheckCurrentPassword,
        EndMySessions,
        FindReset,
        ForgotPassword,
        ListMySessions,
        NewPasswords,
        ReplacePassword,
        ResetPassword,
        SessionTransport,
        CsrfProtection,
        RefreshTokens,
        { provide: AccountsRepository, useValue: users },
        { provide: PasswordResetsRepository, useValue: resets },
        { provide: PasswordHasher, useClass: PlainPasswordHasher },
        { provide: CommonPasswords, useValue: { includes: async (password: string) => password === 'password1' } },
        { provide: ResetTokens, useValue: { verify: (token: string) => (token === 'nonsense' ? null : token) } },
        { provide: SignInThrottle, useValue: throttle },
        { provide: UserSessions, useValue: sessions },
        { provide: Sessions, useValue: sessions },
        { provide: Jobs, useClass: RecordedJobs },
        { provide: Clock, useClass: StoppedClock },
        // Routes that guard credentials refuse to work uncounted.
      ],
    },
    principal,
  );
  return { app, users, resets, sessions, throttle, me, principal };
}

let app: NestFastifyApplication;
let context: Awaited<ReturnType<typeof setup>>;
beforeAll(async () => {
  context = await setup();
  ({ app } = context);
});
afterAll(() => app.close());

const post = (path: string, payload?: object) =>
  app.inject({ method: 'POST', url: `/v1/${path}`, ...(payload && { payload }) });
const pointers = (response: { json(): { errors?: { pointer: string }[] } }) =>
  response
    .json()
    .errors?.map(({ pointer }) => pointer)
    .sort();

describe('POST /v1/auth/password/forgot', () => {
  it('answers 202 with the same nothing to every address', async () => {
    const known = await post('auth/password/forgot', { email: ` ${context.me.email.toUpperCase()}` });
    const unknown = await post('auth/password/forgot', { email: anEmail() });

    expect([known, unknown].map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    const comparable = ({ 'x-request-id': _, date: _date, ratelimit: _left, ...rest }: typeof known.headers) => rest;
    expect(comparable(known.headers)).toEqual(comparable(unknown.headers));
  });

  it.each([
    {},
    { email: 'nowhere' },
    { email: 7 },
    { email: ['a@example.test'] },
    { email: 'a@example.test', extra: 1 },
  ])('answers 422 to %j', async (payload) => {
    expect((await post('auth/password/forgot', payload)).json()).toMatchObject({
      status: 422,
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('POST /v1/auth/password/reset', () => {
  const reset = (payload: object) => post('auth/password/reset', payload);
  const aToken = async () => {
    const { id, email } = aPasswordReset();
    await context.users.add(aUser({ email }));
    await context.resets.add(aPasswordReset({ id, email }));
    return { token: id, email };
  };

  it('answers 204 once, and 422 with a code after that', async () => {
    const { token, email } = await aToken();

    const [first, second] = [
      await reset({ token, password: 'battery staple' }),
      await reset({ token, password: 'battery staple' }),
    ];

    expect([first.statusCode, first.body]).toEqual([204, '']);
    expect(second.json()).toMatchObject({ status: 422, code: 'RESET_TOKEN_INVALID' });
    expect(context.throttle.successes).toEqual([[email, '127.0.0.1']]);
  });

  it('answers 422 with a code to a password that is refused, and does not repeat it', async () => {
    const response = await reset({ ...(await aToken()), password: 'password1', email: undefined });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'PASSWORD_REFUSED',
      errors: [{ pointer: '#/password' }],
    });
    expect(response.body).not.toContain('password1');
  });

  it('answers 422 with a code to a token that means nothing', async () => {
    expect((await reset({ token: 'nonsense', password: 'battery staple' })).json()).toMatchObject({
      status: 422,
      code: 'RESET_TOKEN_INVALID',
    });
  });

  it('answers 422 naming every field at once', async () => {
    const response = await reset({ token: '', password: 'short', email: 'a@example.test' });

    expect(response.json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    expect(pointers(response)).toEqual(['#/email', '#/password', '#/token']);
  });
});

describe('POST /v1/me/password', () => {
  const change = (payload: object) => post('me/password', payload);

  it('answers 422 with a code when the current one is wrong', async () => {
    const response = await change({ currentPassword: 'wrong', newPassword: 'battery staple' });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'CURRENT_PASSWORD_WRONG',
      errors: [{ pointer: '#/currentPassword' }],
    });
  });

  it('answers 422 with a code that points to the new one when that is refused', async () => {
    const response = await change({ currentPassword: 'correct horse', newPassword: context.me.email });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'PASSWORD_REFUSED',
      errors: [{ pointer: '#/newPassword' }],
    });
  });

  it.each([
    [{}, ['#/currentPassword', '#/newPassword']],
    [{ currentPassword: '', newPassword: 'short' }, ['#/currentPassword', '#/newPassword']],
    [
      { currentPassword: 7, newPassword: ['battery staple'], userId: newId() },
      ['#/currentPassword', '#/newPassword', '#/userId'],
    ],
  ])('answers 422 to %j', async (payload, expected) => {
    const response = await change(payload);

    expect(response.json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    expect(pointers(response)).toEqual(expected);
  });

  it('answers 204, and 409 with a code to those who have none', async () => {
    const right = { currentPassword: 'correct horse', newPassword: 'battery staple' };
    expect((await change(right)).statusCode).toBe(204);
    await context.users.update(context.me.id, (user) => ({ ...user, passwordHash: null }));

    expect((await change(right)).json()).toMatchObject({ status: 409, code: 'PASSWORD_NOT_SET' });
  });
});

describe('/v1/me/sessions', () => {
  const end = (path: string, headers = {}) => app.inject({ method: 'DELETE', url: `/v1/me/sessions${path}`, headers });
  const deletedCookies = async (path: string, headers = {}) =>
    [(await end(path, headers)).headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 2).join(';'));

  it('deletes the cookies of whoever ends the very session they are in, and no others', async () => {
    const { sessions, principal } = context;
    const headers = { cookie: '__Host-session=a.b.c; __Host-refresh=d' };

    expect(await deletedCookies(`/${principal.sessionId}`, headers)).toEqual([
      '__Host-session=; Max-Age=0',
      '__Host-refresh=; Max-Age=0',
    ]);
    expect(await deletedCookies(`/${principal.sessionId?.toUpperCase()}`, headers)).toHaveLength(2);
    expect(await deletedCookies(`/${principal.sessionId}`)).toEqual([]);
    for (const path of [`/${sessions.other}`, '', `/${newId()}`])
      expect(await deletedCookies(path, headers)).toEqual([]);
  });

  it('answers 200 with the open ones, and nothing of their secrets', async () => {
    const response = await app.inject('/v1/me/sessions');

    const at = NOW.toISOString();
    const shown = { userAgent: 'Firefox', ipAddress: null, createdAt: at, rotatedAt: at, expiresAt: at };
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      data: [
        { id: context.principal.sessionId, isCurrent: true, ...shown },
        { id: context.sessions.other, isCurrent: false, ...shown },
      ],
    });
  });

  it('answers 204 to ending one, and all others', async () => {
    const before = context.sessions.ended.length;
    const { other } = context.sessions;

    expect([(await end(`/${other}`)).statusCode, (await end('')).statusCode]).toEqual([204, 204]);

    const { id, sessionId } = context.principal;
    expect(context.sessions.ended.slice(before)).toEqual([
      [id, other],
      [id, 'all but', sessionId],
    ]);
  });

  it('answers 404 with a code to an unknown or foreign one, and 422 to what is no id', async () => {
    expect((await end(`/${newId()}`)).json()).toMatchObject({ status: 404, code: 'SESSION_NOT_FOUND' });
    expect((await end('/nonsense')).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
  });
});
