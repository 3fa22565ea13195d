import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CREDENTIAL_PREFIX } from '#platform/kernel/access/credential-prefix.js';
import { OidcProviderUnavailable, OidcSignInDenied } from '../domain/identity.errors.js';
import { identitiesApp } from '../testing/identities-app.js';
import { anExternalAccount, ISSUER } from '../testing/identity.factory.js';
import { REDIRECT_URI } from '../testing/sign-in-flow.js';

const { app, providers, log, start, comeBackAs } = await identitiesApp();
afterAll(() => app.close());
afterEach(() => {
  providers.failure = undefined;
  providers.responseMode = 'query';
});

describe('GET /v1/auth/oidc/:provider/start', () => {
  const aBrowserCookie = (name: string, sameSite: string): RegExp =>
    new RegExp(
      `^${name}=${CREDENTIAL_PREFIX}br_[\\w-]{43}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=${sameSite}$`,
    );

  it('answers 302 to the provider and tells the browser who it is, for nobody to cache', async () => {
    const response = await start();

    expect([response.statusCode, response.body]).toEqual([302, '']);
    expect(response.headers.location).toMatch(new RegExp(`^${ISSUER}/authorize\\?state=.`));
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toMatch(aBrowserCookie('__Host-sign-in', 'Lax'));
  });

  it('gives the browser another cookie when the provider will answer by a form, which comes from another site', async () => {
    providers.responseMode = 'form_post';

    expect((await start()).headers['set-cookie']).toMatch(aBrowserCookie('__Host-sign-in-form', 'None'));
  });

  it('keeps what the browser is known by, and makes another when that is malformed', async () => {
    const known = `${CREDENTIAL_PREFIX}br_${'k'.repeat(43)}`;
    const answeredTo = async (cookie: string) => (await start({}, { cookie })).headers['set-cookie'];

    expect(await answeredTo(`a=b; __Host-sign-in=${known}`)).toContain(known);
    expect(await answeredTo(`__Host-sign-in=${known}x`)).not.toContain(known);
    expect(await answeredTo(`x__Host-sign-in=${known}`)).not.toContain(known);
  });

  it.each([
    ['no challenge', { codeChallenge: '' }],
    ['a challenge of another method', { codeChallenge: 'plain' }],
    ['no address to come back to', { redirectUri: '' }],
    ['something unknown', { prompt: 'none' }],
  ])('answers 422 to %s', async (_what, query) => {
    expect((await start(query)).statusCode).toBe(422);
  });

  it('answers 422 to nothing', async () => {
    expect((await app.inject('/v1/auth/oidc/acme/start')).statusCode).toBe(422);
  });

  it('answers 503 with a code and Retry-After while the provider is down', async () => {
    providers.failure = new OidcProviderUnavailable();

    const response = await start();

    expect([response.statusCode, response.json().code]).toEqual([503, 'OIDC_PROVIDER_UNAVAILABLE']);
    expect(response.headers['retry-after']).toBeDefined();
  });
});

describe('GET /v1/auth/oidc/:provider/callback', () => {
  const callBack = (query: string, cookie = '') =>
    app.inject({ url: `/v1/auth/oidc/acme/callback?${query}`, headers: { cookie } });

  it('answers 302 with the code, and passes everything on as it came', async () => {
    const { state, code, cookie } = await comeBackAs(anExternalAccount(), `${REDIRECT_URI}?from=api`);
    const query = `state=${state}&code=${code}&iss=https%3A%2F%2Fprovider.example.test&extra=a%20b`;

    const response = await callBack(query, cookie);

    expect(response.statusCode).toBe(302);
    expect(response.headers.location).toMatch(/^https:\/\/app\.example\.test\/signed-in\?from=api&code=[\w.~-]+$/);
    expect(providers.redeemed.at(-1)).toBe(query);
  });

  it('answers 302 with the error', async () => {
    const { state, cookie } = await comeBackAs(anExternalAccount(), 'com.example.app:/in');
    providers.failure = new OidcSignInDenied();

    const response = await callBack(`state=${state}&error=access_denied`, cookie);

    expect([response.statusCode, response.headers.location]).toEqual([
      302,
      'com.example.app:/in?error=OIDC_SIGN_IN_DENIED',
    ]);
    expect(log.lines).toMatchObject([{ error_code: 'OIDC_SIGN_IN_DENIED' }]);
  });

  it.each([
    ['in a browser that nobody knows', ''],
    ['in another browser', `__Host-sign-in=${CREDENTIAL_PREFIX}br_${'b'.repeat(43)}`],
  ])('answers 400 with a code when there is nobody to send back, %s', async (_, cookie) => {
    const { state, code } = await comeBackAs(anExternalAccount());

    const response = await callBack(`state=${state}&code=${code}`, cookie);

    expect([response.statusCode, response.json().code]).toEqual([400, 'OIDC_STATE_INVALID']);
  });

  it.each(['', 'code=c', 'state=', 'state=a&state=b', `state=${'x'.repeat(4_001)}`])(
    'answers 422 to %p',
    async (query) => {
      expect((await callBack(query)).statusCode).toBe(422);
    },
  );
});

describe('POST /v1/auth/oidc/:provider/callback', () => {
  const postForm = (form: Record<string, string>, cookie = '') =>
    app.inject({
      method: 'POST',
      url: '/v1/auth/oidc/acme/callback',
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });

  it('answers 303, which makes the browser ask by GET, and passes everything on', async () => {
    providers.responseMode = 'form_post';
    const { state, code, cookie } = await comeBackAs(anExternalAccount());

    const response = await postForm({ state, code, user: '{"name":{}}' }, cookie);

    expect(response.statusCode).toBe(303);
    expect(response.headers.location).toMatch(/^https:\/\/app\.example\.test\/signed-in\?code=/);
    expect(providers.redeemed.at(-1)).toBe(`state=${state}&code=${code}&user=%7B%22name%22%3A%7B%7D%7D`);
  });

  it('answers 400 to a browser that began nothing that is answered by a form', async () => {
    const { state, code, cookie } = await comeBackAs(anExternalAccount());

    const response = await postForm({ state, code }, cookie);

    expect([response.statusCode, response.json().code]).toEqual([400, 'OIDC_STATE_INVALID']);
  });

  it('answers 422 to a form without a state', async () => {
    expect((await postForm({ code: 'c' })).statusCode).toBe(422);
  });
});
