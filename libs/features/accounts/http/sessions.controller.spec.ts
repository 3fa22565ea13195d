import { afterAll, describe, expect, it } from 'vitest';
import { accountsApp } from '../testing/accounts-app.js';
import { anEmail, aRegistration } from '../testing/user.factory.js';

const context = await accountsApp();
const { app } = context;
afterAll(() => app.close());

const post = (path: string, payload?: object, headers = {}) =>
  app.inject({ method: 'POST', url: `/v1/auth/${path}`, ...(payload && { payload }), headers });

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
        const user = await context.aStoredUser({ status: 'disabled' });
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
    expect(context.sessions.confirmed).toEqual([[context.me.id, context.principal.sessionId]]);
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
    expect(context.sessions.signedOut).toEqual([context.principal.sessionId]);
  });
});
