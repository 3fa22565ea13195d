import { afterAll, describe, expect, it } from 'vitest';
import { identitiesApp } from '../testing/identities-app.js';
import { anExternalAccount } from '../testing/identity.factory.js';
import { PKCE } from '../testing/sign-in-flow.js';

const { codeVerifier } = PKCE;
const { app, accounts, providers, aCodeFor } = await identitiesApp();
afterAll(() => app.close());

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });

describe('GET /v1/auth/oidc/providers', () => {
  it('answers 200 with ids and names', async () => {
    expect((await app.inject('/v1/auth/oidc/providers')).json()).toEqual({ data: [{ id: 'acme', name: 'Acme' }] });
  });
});

describe('POST /v1/auth/oidc/exchange', () => {
  const exchange = (body: object) => post('/v1/auth/oidc/exchange', body);
  const good = { code: 'c', codeVerifier };

  it('answers 200 as a sign-in with a password does, for nobody to cache', async () => {
    const response = await exchange({ code: await aCodeFor(), codeVerifier });

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json().data).toMatchObject({
      accessToken: 'a.b.c',
      tokenType: 'Bearer',
      refreshToken: 'first',
      expiresIn: 600,
    });
  });

  it('keeps the refresh token in a cookie when it is asked to', async () => {
    const response = await exchange({ code: await aCodeFor(), codeVerifier, transport: 'cookie' });

    expect(response.cookies.map(({ name, value }) => [name, value])).toEqual([
      ['__Host-session', 'a.b.c'],
      ['__Host-refresh', 'first'],
    ]);
    expect(response.json().data).toMatchObject({ csrfToken: expect.any(String) });
    expect(response.json().data).not.toHaveProperty('refreshToken');
  });

  it.each([
    [401, 'SIGN_IN_CODE_INVALID', 'a code that we did not make', async () => 'nonsense'],
    [
      409,
      'IDENTITY_NOT_LINKED',
      'an account whose address the provider does not vouch for',
      () => aCodeFor(anExternalAccount({ isEmailVerified: false })),
    ],
    [
      403,
      'ACCOUNT_DISABLED',
      'the account of a user who is disabled',
      async () => aCodeFor(anExternalAccount({ email: (await accounts.aStoredUser({ status: 'disabled' })).email })),
    ],
  ])('answers %d %s to %s', async (status, code, _, aCode) => {
    const response = await exchange({ code: await aCode(), codeVerifier });

    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });

  it.each([
    {},
    { code: 'c' },
    { ...good, codeVerifier: 'short' },
    { ...good, codeVerifier: 'ä'.repeat(43) },
    { ...good, code: '' },
    { ...good, code: 'x'.repeat(4_001) },
    { ...good, extra: 1 },
  ])('answers 422 to %j', async (body) => {
    expect((await exchange(body)).statusCode).toBe(422);
  });
});

describe('POST /v1/auth/oidc/:provider/id-token', () => {
  const present = (body: object) => post('/v1/auth/oidc/acme/id-token', body);

  it('answers 200 as a sign-in with a password does', async () => {
    providers.knows('an.id.token', anExternalAccount(), 'n');

    expect((await present({ idToken: 'an.id.token', nonce: 'n' })).json().data).toMatchObject({ accessToken: 'a.b.c' });
  });

  it('answers 401 with a code', async () => {
    const response = await present({ idToken: 'another.id.token', nonce: 'n' });

    expect([response.statusCode, response.json().code]).toEqual([401, 'ID_TOKEN_INVALID']);
  });

  it.each([
    {},
    { idToken: 'a.b.c' },
    { nonce: 'n' },
    { idToken: '', nonce: 'n' },
    { idToken: 'a', nonce: '' },
    { idToken: 'a', nonce: 'n', more: 1 },
  ])('answers 422 to %j', async (body) => {
    expect((await present(body)).statusCode).toBe(422);
  });
});
