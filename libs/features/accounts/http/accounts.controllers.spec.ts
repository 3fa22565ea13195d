import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RefreshTokenInvalid, RefreshTokenReused } from '#platform/auth/auth.errors.js';
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
import { CheckCurrentPassword } from '../application/passwords/check-current-password.js';
import { CommonPasswords } from '../application/passwords/common-passwords.js';
import { CredentialsRepository } from '../application/passwords/credentials.repository.js';
import { ForgotPassword } from '../application/passwords/forgot-password.js';
import { NewPasswords } from '../application/passwords/new-passwords.js';
import { PasswordHasher } from '../application/passwords/password-hasher.js';
import { PasswordResetsRepository } from '../application/passwords/password-resets.repository.js';
import { SignInThrottle } from '../application/passwords/sign-in-throttle.js';
import { VerifyCredentials } from '../application/passwords/verify-credentials.js';
import { GetMe } from '../application/profile/get-me.js';
import { UpdateMe } from '../application/profile/update-me.js';
import { EmailTokens } from '../application/registration/email-tokens.js';
import { OpenAccount } from '../application/registration/open-account.js';
import { Register } from '../application/registration/register.js';
import { RegistrationsRepository } from '../application/registration/registrations.repository.js';
import { ResendVerification } from '../application/registration/resend-verification.js';
import { VerifyEmail } from '../application/registration/verify-email.js';
import { Reauthenticate } from '../application/sessions/reauthenticate.js';
import { SignInWithPassword } from '../application/sessions/sign-in-with-password.js';
import { InMemoryAccountsRepository } from '../testing/in-memory-accounts.repository.js';
import { InMemoryCredentialsRepository } from '../testing/in-memory-credentials.repository.js';
import { InMemoryPasswordResetsRepository } from '../testing/in-memory-password-resets.repository.js';
import { InMemoryRegistrationsRepository } from '../testing/in-memory-registrations.repository.js';
import { PlainPasswordHasher } from '../testing/plain-password-hasher.js';
import { RecordedSignInThrottle } from '../testing/recorded-sign-in-throttle.js';
import { anEmail, aRegistration, aUser, NOW } from '../testing/user.factory.js';
import { MeController } from './me.controller.js';
import { RegistrationController } from './registration.controller.js';
import { SessionsController } from './sessions.controller.js';

const tokens = (refreshToken: string) => ({
  accessToken: 'a.b.c',
  expiresIn: 600,
  refreshToken,
  refreshExpiresIn: 1_000,
  sessionId: newId(),
});

/** Knows three refresh tokens: a good one, one that was replayed, and any other. */
class FakeSessions {
  readonly begun: unknown[] = [];
  readonly ended: string[] = [];
  readonly confirmed: string[] = [];

  async begin(...session: unknown[]) {
    this.begun.push(session);
    return tokens('first');
  }

  async refresh(refreshToken: string) {
    if (refreshToken === 'first') return tokens('second');
    throw refreshToken === 'replayed' ? new RefreshTokenReused() : new RefreshTokenInvalid();
  }

  async confirm(_userId: string, sessionId: string) {
    this.confirmed.push(sessionId);
  }

  async end(sessionId: string) {
    this.ended.push(sessionId);
  }
}

async function setup() {
  const users = new InMemoryAccountsRepository();
  const registrations = new InMemoryRegistrationsRepository();
  const sessions = new FakeSessions();
  const jobs = new RecordedJobs();
  const me = aUser();
  await users.add(me);
  const principal = aPrincipal({ id: me.id });
  const app = await httpApp(
    {
      controllers: [RegistrationController, SessionsController, MeController],
      providers: [
        CheckCurrentPassword,
        ForgotPassword,
        GetMe,
        SignInWithPassword,
        NewPasswords,
        OpenAccount,
        Reauthenticate,
        Register,
        ResendVerification,
        UpdateMe,
        VerifyCredentials,
        VerifyEmail,
        SessionTransport,
        CsrfProtection,
        RefreshTokens,
        { provide: SignInThrottle, useClass: RecordedSignInThrottle },
        { provide: AccountsRepository, useValue: users },
        { provide: RegistrationsRepository, useValue: registrations },
        { provide: CredentialsRepository, useValue: new InMemoryCredentialsRepository(users, registrations) },
        { provide: PasswordResetsRepository, useClass: InMemoryPasswordResetsRepository },
        { provide: PasswordHasher, useClass: PlainPasswordHasher },
        { provide: CommonPasswords, useValue: { includes: async (password: string) => password === 'password1' } },
        { provide: EmailTokens, useValue: { verify: (token: string) => (token === 'nonsense' ? null : token) } },
        { provide: Sessions, useValue: sessions },
        { provide: UserSessions, useExisting: Sessions },
        { provide: Jobs, useValue: jobs },
        { provide: Clock, useClass: StoppedClock },
        // Routes that guard credentials refuse to work uncounted.
      ],
    },
    principal,
  );
  return { app, users, registrations, sessions, jobs, me, principal };
}

let app: NestFastifyApplication;
let context: Awaited<ReturnType<typeof setup>>;
beforeAll(async () => {
  context = await setup();
  ({ app } = context);
});
afterAll(() => app.close());

const post = (path: string, payload?: object, headers = {}) =>
  app.inject({ method: 'POST', url: `/v1/auth/${path}`, ...(payload && { payload }), headers });
const pointers = (response: { json(): { errors?: { pointer: string }[] } }) =>
  response.json().errors?.map(({ pointer }) => pointer);

describe('POST /v1/auth/register', () => {
  it('answers 202 with the same nothing to a new address and to one that has an account', async () => {
    const known = await post('register', { email: context.me.email.toUpperCase(), password: 'correct horse' });
    const unknown = await post('register', { email: anEmail(), password: 'correct horse', name: ' Ada ' });

    for (const response of [known, unknown]) {
      expect(response.statusCode).toBe(202);
      expect(response.body).toBe('');
    }
    const comparable = ({ 'x-request-id': _, date: _date, ratelimit: _left, ...rest }: typeof known.headers) => rest;
    expect(comparable(known.headers)).toEqual(comparable(unknown.headers));
  });

  it('normalises the address', async () => {
    const email = anEmail();

    await post('register', { email: `  ${email.toUpperCase()} `, password: 'correct horse' });

    expect(context.registrations.latestWithPassword(email, NOW)).toBeDefined();
  });

  it('answers 422 naming every field at once', async () => {
    const response = await post('register', { email: 'nowhere', password: 'short', name: 'a\0b', role: 'admin' });

    expect(response.statusCode).toBe(422);
    expect(pointers(response)?.sort()).toEqual(['#/email', '#/name', '#/password', '#/role']);
    expect(response.body).not.toContain('short');
  });

  it.each(['password1', 'ada@example.test', 'ADA@example.test'])(
    'answers 422 with a code when the password is %p',
    async (password) => {
      const response = await post('register', { email: 'ada@example.test', password });

      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ code: 'PASSWORD_REFUSED', errors: [{ pointer: '#/password' }] });
      expect(response.body).not.toContain(password);
    },
  );

  it.each([
    ['a number for a password', { email: 'ada@example.test', password: 12345678 }],
    ['an object for an address', { email: { $ne: null }, password: 'correct horse' }],
    ['two addresses', { email: 'a@example.test,b@example.test', password: 'correct horse' }],
    ['an address with a line break', { email: 'a@example.test\r\nBcc: b@example.test', password: 'correct horse' }],
    ['an address that is too long', { email: `${'a'.repeat(250)}@example.test`, password: 'correct horse' }],
    ['an array', []],
  ])('answers 422 to %s', async (_, payload) => {
    expect((await post('register', payload)).statusCode).toBe(422);
  });
});

describe('POST /v1/auth/email/verify', () => {
  it('answers 204 once, and 422 with a code after that', async () => {
    const registration = aRegistration();
    await context.registrations.add(registration);

    expect((await post('email/verify', { token: registration.id })).statusCode).toBe(204);
    const again = await post('email/verify', { token: registration.id });

    expect(again.statusCode).toBe(422);
    expect(again.json()).toMatchObject({ code: 'EMAIL_TOKEN_INVALID' });
  });

  it.each([{ token: 'nonsense' }, { token: '' }, { token: 'x'.repeat(10_000) }, {}, { token: ['a'] }])(
    'answers 422 to %j',
    async (payload) => {
      expect((await post('email/verify', payload)).statusCode).toBe(422);
    },
  );
});

describe('POST /v1/auth/email/resend', () => {
  it('answers 202 whether or not anybody registered with the address', async () => {
    const registration = aRegistration();
    await context.registrations.add(registration);

    const answers = [
      await post('email/resend', { email: registration.email }),
      await post('email/resend', { email: anEmail() }),
    ];

    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
  });
});

describe('POST /v1/auth/login', () => {
  const signIn = (overrides: object = {}, headers = {}) =>
    post('login', { email: context.me.email, password: 'correct horse', ...overrides }, headers);

  it('answers 200 with tokens that nobody may cache', async () => {
    const response = await signIn({ email: ` ${context.me.email.toUpperCase()}` }, { 'user-agent': 'Firefox' });

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      data: {
        accessToken: 'a.b.c',
        tokenType: 'Bearer',
        expiresIn: 600,
        refreshToken: 'first',
        refreshExpiresIn: 1_000,
        sessionId: expect.any(String),
      },
    });
    expect(context.sessions.begun.at(-1)).toEqual([context.me.id, { userAgent: 'Firefox', ipAddress: '127.0.0.1' }]);
  });

  it('answers 401 with one code for a wrong password and for an unknown address', async () => {
    const answers = [await signIn({ password: 'wrong' }), await signIn({ email: anEmail() })];

    for (const response of answers) {
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
      expect(response.json()).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    }
    const { requestId: _, traceId: __, ...wrong } = answers[0]!.json();
    expect(answers[1]!.json()).toMatchObject(wrong);
  });

  it.each([
    [
      'EMAIL_NOT_VERIFIED',
      async () => {
        const registration = aRegistration();
        await context.registrations.add(registration);
        return registration.email;
      },
    ],
    [
      'ACCOUNT_DISABLED',
      async () => {
        const user = aUser({ status: 'disabled' });
        await context.users.add(user);
        return user.email;
      },
    ],
  ])('answers 403 %s to the right password only', async (code, anAccount) => {
    const email = await anAccount();

    const right = await signIn({ email });
    expect(right.statusCode).toBe(403);
    expect(right.json()).toMatchObject({ code });
    expect((await signIn({ email, password: 'wrong' })).json()).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it.each([{ transport: 'header' }, { password: '' }, { password: null }, { email: 'nowhere' }, { remember: true }])(
    'answers 422 to %j',
    async (overrides) => {
      expect((await signIn(overrides)).statusCode).toBe(422);
    },
  );

  it('answers 200 when the transport is named', async () => {
    expect((await signIn({ transport: 'bearer' })).statusCode).toBe(200);
  });
});

describe('POST /v1/auth/refresh', () => {
  it('answers 200 with the successor, for nobody to cache', async () => {
    const response = await post('refresh', { refreshToken: 'first' });

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json().data).toMatchObject({ refreshToken: 'second', tokenType: 'Bearer' });
  });

  it.each([
    ['REFRESH_TOKEN_REUSED', 'replayed'],
    ['REFRESH_TOKEN_INVALID', 'nonsense'],
  ])('answers 401 %s', async (code, refreshToken) => {
    const response = await post('refresh', { refreshToken });

    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code });
  });

  const asJson = { 'content-type': 'application/json' };

  it.each<[number, string, string, object]>([
    [422, 'REFRESH_TOKEN_MISSING', 'no body', {}],
    [422, 'REFRESH_TOKEN_MISSING', 'null', { headers: asJson, payload: 'null' }],
    [422, 'REFRESH_TOKEN_MISSING', 'an empty object', { payload: {} }],
    [422, 'REFRESH_TOKEN_MISSING', 'nothing that is said to be JSON', { headers: asJson }],
  ])('answers %i %s to %s without a cookie', async (status, code, _, request) => {
    const response = await app.inject({ method: 'POST', url: '/v1/auth/refresh', ...request });

    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });

  it.each([{}, { refreshToken: '' }, { refreshToken: 1 }, { refreshToken: 'first', extra: 1 }])(
    'answers 422 to %j',
    async (payload) => {
      expect((await post('refresh', payload)).statusCode).toBe(422);
    },
  );
});

describe('POST /v1/auth/reauthenticate', () => {
  it('answers 204 to the right password, and the session counts as new', async () => {
    const response = await post('reauthenticate', { currentPassword: 'correct horse' });

    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(context.sessions.confirmed).toEqual([context.principal.sessionId]);
  });

  it('answers with the place of a wrong password, and without it', async () => {
    const response = await post('reauthenticate', { currentPassword: 'hunter2' });

    expect(response.json()).toMatchObject({
      code: 'CURRENT_PASSWORD_WRONG',
      errors: [{ pointer: '#/currentPassword' }],
    });
    expect(response.body).not.toContain('hunter2');
  });

  it.each([{}, { currentPassword: '' }, { currentPassword: 'x', extra: 1 }])('answers 422 to %j', async (payload) => {
    expect((await post('reauthenticate', payload)).statusCode).toBe(422);
  });
});

describe('POST /v1/auth/logout', () => {
  it('answers 204 and ends the session of the token', async () => {
    const response = await post('logout');

    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(context.sessions.ended).toEqual([context.principal.sessionId]);
  });
});

describe('/v1/me', () => {
  const patch = (payload: object) => app.inject({ method: 'PATCH', url: '/v1/me', payload });

  it('answers 200 with what the user may see, and nothing of the password', async () => {
    const response = await app.inject('/v1/me');

    expect(response.statusCode).toBe(200);
    const { id, email, name } = context.me;
    expect(response.json()).toEqual({ data: { id, email, name, createdAt: '2030-01-01T12:00:00.000Z' } });
  });

  it('answers 200 to a new name, to no name and to no change', async () => {
    expect((await patch({ name: ' Grace ' })).json().data).toMatchObject({ name: 'Grace' });
    expect((await patch({ name: null })).json().data).toMatchObject({ name: null });
    expect((await patch({})).json().data).toMatchObject({ name: null });
  });

  it.each([
    { name: '' },
    { name: '  ' },
    { name: 'a\nb' },
    { name: 'a\0b' },
    { name: '\ud800' },
    { name: 'x'.repeat(201) },
    { name: 1 },
    { email: 'x@example.test' },
  ])('answers 422 to %j', async (payload) => {
    expect((await patch(payload)).statusCode).toBe(422);
  });
});
