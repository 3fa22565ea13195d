import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountDisabled } from '#features/accounts/index.js';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Sessions } from '#platform/auth/sessions/sessions.js';
import { RefreshTokens } from '#platform/auth/tokens/refresh-tokens.js';
import { CREDENTIAL_PREFIX } from '#platform/kernel/access/credential-prefix.js';
import { newId } from '#platform/kernel/values/ids.js';
import { Log } from '#platform/logging/log.js';
import { httpApp } from '#platform/testing/http-app.js';
import { RecordedLog } from '#platform/testing/recorded-log.js';
import { IdentityProviders, type ResponseMode } from '../application/identity-providers.js';
import { LinkWithCode } from '../application/own-identities/link-with-code.js';
import { LinkWithIdToken } from '../application/own-identities/link-with-id-token.js';
import { ListIdentities } from '../application/own-identities/list-identities.js';
import { UnlinkIdentity } from '../application/own-identities/unlink-identity.js';
import { ExchangeCode } from '../application/sign-in/exchange-code.js';
import { FinishSignIn, type ProviderAnswer } from '../application/sign-in/finish-sign-in.js';
import { SignInWithIdToken } from '../application/sign-in/sign-in-with-id-token.js';
import { StartSignIn } from '../application/sign-in/start-sign-in.js';
import {
  IdentityNotLinked,
  IdTokenInvalid,
  LastSignInMethod,
  OidcProviderUnavailable,
  OidcSignInDenied,
  OidcStateInvalid,
  SignInCodeInvalid,
} from '../domain/identity.errors.js';
import { FakeIdentityProviders } from '../testing/fake-identity-providers.js';
import { anIdentity } from '../testing/identity.factory.js';
import { IdentitiesController } from './identities.controller.js';
import { OidcController } from './oidc.controller.js';
import { OidcBrowserController } from './oidc-browser.controller.js';
import { SignInPageController } from './sign-in-page.controller.js';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const TOKENS = { accessToken: 'a.b.c', expiresIn: 600, refreshToken: 'r', refreshExpiresIn: 1_000, sessionId: newId() };
const aBrowserCookie = (name: string, sameSite: string): RegExp =>
  new RegExp(
    `^${name}=${CREDENTIAL_PREFIX}br_[\\w-]{43}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=${sameSite}$`,
  );
const IDENTITY = { ...anIdentity(), provider: 'acme' };

/** Each use case answers with what it is told here; what was asked of them is kept. */
const asked: Record<string, unknown[]> = {};
const answers: Record<string, () => unknown> = {};
const useCase = (provide: abstract new (...args: never[]) => unknown, usual: unknown) => ({
  provide,
  useValue: {
    execute: async (...input: unknown[]) => {
      asked[provide.name] = input;
      return answers[provide.name] ? answers[provide.name]?.() : usual;
    },
  },
});

/** Until the test is over, the use case fails. */
async function failing<T>(provide: { name: string }, error: Error, work: () => Promise<T>): Promise<T> {
  answers[provide.name] = () => {
    throw error;
  };
  return work().finally(() => delete answers[provide.name]);
}

/** Asks who the browser is, as a provider's way to answer wants it. */
let responseMode: ResponseMode = 'query';
const startSignIn = {
  execute: async (_request: unknown, secretOf: (mode: ResponseMode) => string) => {
    answers[StartSignIn.name]?.();
    secretOf(responseMode);
    return 'https://provider.example.test/authorize';
  },
};

const log = new RecordedLog();
let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({
    controllers: [OidcController, OidcBrowserController, IdentitiesController, SignInPageController],
    providers: [
      SessionTransport,
      CsrfProtection,
      RefreshTokens,
      { provide: Sessions, useValue: {} },
      { provide: StartSignIn, useValue: startSignIn },
      useCase(FinishSignIn, { redirectUri: 'https://app.example.test/in?from=api', code: 'the-code' }),
      useCase(ExchangeCode, TOKENS),
      useCase(SignInWithIdToken, TOKENS),
      useCase(ListIdentities, [IDENTITY]),
      useCase(LinkWithCode, IDENTITY),
      useCase(LinkWithIdToken, IDENTITY),
      useCase(UnlinkIdentity, undefined),
      { provide: Log, useValue: log.logger },
      { provide: IdentityProviders, useClass: FakeIdentityProviders },
    ],
  });
});
afterAll(() => app.close());

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });

describe('GET /v1/auth/oidc/providers', () => {
  it('answers 200 with ids and names', async () => {
    expect((await app.inject('/v1/auth/oidc/providers')).json()).toEqual({ data: [{ id: 'acme', name: 'Acme' }] });
  });
});

describe('GET /v1/auth/oidc/:provider/start', () => {
  const start = (query: Record<string, string>, headers = {}) =>
    app.inject({ url: `/v1/auth/oidc/acme/start?${new URLSearchParams(query)}`, headers });
  const good = { redirectUri: 'https://app.example.test/in', codeChallenge: CHALLENGE };

  it('answers 302 to the provider and tells the browser who it is, for nobody to cache', async () => {
    const response = await start(good);

    expect([response.statusCode, response.headers.location, response.body]).toEqual([
      302,
      'https://provider.example.test/authorize',
      '',
    ]);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toMatch(aBrowserCookie('__Host-sign-in', 'Lax'));
  });

  it('gives the browser another cookie when the provider will answer by a form, which comes from another site', async () => {
    responseMode = 'form_post';
    const { headers } = await start(good).finally(() => (responseMode = 'query'));

    expect(headers['set-cookie']).toMatch(aBrowserCookie('__Host-sign-in-form', 'None'));
  });

  it('keeps what the browser is known by, and makes another when that is malformed', async () => {
    const known = `${CREDENTIAL_PREFIX}br_${'k'.repeat(43)}`;

    expect((await start(good, { cookie: `a=b; __Host-sign-in=${known}` })).headers['set-cookie']).toContain(known);
    expect((await start(good, { cookie: `__Host-sign-in=${known}x` })).headers['set-cookie']).not.toContain(known);
    expect((await start(good, { cookie: `x__Host-sign-in=${known}` })).headers['set-cookie']).not.toContain(known);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['no challenge', { redirectUri: good.redirectUri }],
    ['a challenge of another method', { ...good, codeChallenge: 'plain' }],
    ['something unknown', { ...good, prompt: 'none' }],
  ])('answers 422 to %s', async (_what, query) => {
    expect((await start(query)).statusCode).toBe(422);
  });

  it('answers 503 with a code and Retry-After while the provider is down', async () => {
    const response = await failing(StartSignIn, new OidcProviderUnavailable(), () => start(good));

    expect([response.statusCode, response.json().code]).toEqual([503, 'OIDC_PROVIDER_UNAVAILABLE']);
    expect(response.headers['retry-after']).toBeDefined();
  });
});

describe('GET /v1/auth/oidc/:provider/callback', () => {
  const browser = `${CREDENTIAL_PREFIX}br_${'b'.repeat(43)}`;
  const callBack = (query: string, headers: Record<string, string> = { cookie: `__Host-sign-in=${browser}` }) =>
    app.inject({ url: `/v1/auth/oidc/acme/callback?${query}`, headers });

  it('answers 302 with the code, and passes everything on as it came', async () => {
    const query = 'state=s&code=a%20b&iss=https%3A%2F%2Fprovider.example.test&extra=1';
    const response = await callBack(query);

    expect([response.statusCode, response.headers.location]).toEqual([
      302,
      'https://app.example.test/in?from=api&code=the-code',
    ]);
    expect(asked[FinishSignIn.name]).toEqual([
      { provider: 'acme', query, state: 's', browser } satisfies ProviderAnswer,
    ]);
  });

  it('answers 302 with the error', async () => {
    answers[FinishSignIn.name] = () => ({ redirectUri: 'com.example.app:/in', error: new OidcSignInDenied() });
    const response = await callBack('state=s&error=access_denied').finally(() => delete answers[FinishSignIn.name]);

    expect([response.statusCode, response.headers.location]).toEqual([
      302,
      'com.example.app:/in?error=OIDC_SIGN_IN_DENIED',
    ]);
    expect(log.lines).toMatchObject([{ error_code: 'OIDC_SIGN_IN_DENIED' }]);
  });

  it('answers 400 with a code when there is nobody to send back', async () => {
    const unknown = await callBack('state=s&code=c', {});
    const refused = await failing(FinishSignIn, new OidcStateInvalid(), () => callBack('state=s&code=c'));

    for (const response of [unknown, refused])
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
  const browser = `${CREDENTIAL_PREFIX}br_${'b'.repeat(43)}`;
  const postForm = (form: Record<string, string>, cookie = `__Host-sign-in-form=${browser}`) =>
    app.inject({
      method: 'POST',
      url: '/v1/auth/oidc/acme/callback',
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });

  it('answers 303, which makes the browser ask by GET, and passes everything on', async () => {
    const response = await postForm({ state: 's', code: 'a b', user: '{"name":{}}' });

    expect([response.statusCode, response.headers.location]).toEqual([
      303,
      'https://app.example.test/in?from=api&code=the-code',
    ]);
    const query = 'state=s&code=a+b&user=%7B%22name%22%3A%7B%7D%7D';
    expect(asked[FinishSignIn.name]).toEqual([
      { provider: 'acme', query, state: 's', browser } satisfies ProviderAnswer,
    ]);
  });

  it('answers 400 to a browser that began nothing that is answered by a form', async () => {
    const response = await postForm({ state: 's', code: 'c' }, `__Host-sign-in=${browser}`);

    expect([response.statusCode, response.json().code]).toEqual([400, 'OIDC_STATE_INVALID']);
  });

  it('answers 422 to a form without a state', async () => {
    expect((await postForm({ code: 'c' })).statusCode).toBe(422);
  });
});

describe('POST /v1/auth/oidc/exchange', () => {
  const exchange = (body: object) => post('/v1/auth/oidc/exchange', body);
  const good = { code: 'c', codeVerifier: VERIFIER };

  it('answers 200 as a sign-in with a password does, for nobody to cache', async () => {
    const response = await exchange(good);

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json().data).toMatchObject({
      accessToken: 'a.b.c',
      tokenType: 'Bearer',
      refreshToken: 'r',
      expiresIn: 600,
    });
  });

  it('keeps the refresh token in a cookie when it is asked to', async () => {
    const response = await exchange({ ...good, transport: 'cookie' });

    expect(response.cookies.map(({ name, value }) => [name, value])).toEqual([
      ['__Host-session', 'a.b.c'],
      ['__Host-refresh', 'r'],
    ]);
    expect(response.json().data).toMatchObject({ csrfToken: expect.any(String) });
    expect(response.json().data).not.toHaveProperty('refreshToken');
  });

  it.each([
    [401, new SignInCodeInvalid()],
    [409, new IdentityNotLinked()],
    [403, new AccountDisabled()],
  ])('answers %d with a code', async (status, error) => {
    const response = await failing(ExchangeCode, error, () => exchange(good));

    expect([response.statusCode, response.json().code]).toEqual([status, error.name]);
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
    expect((await present({ idToken: 'a.b.c', nonce: 'n' })).json().data).toMatchObject({ accessToken: 'a.b.c' });
  });

  it('answers 401 with a code', async () => {
    const response = await failing(SignInWithIdToken, new IdTokenInvalid(), () =>
      present({ idToken: 'a.b.c', nonce: 'n' }),
    );

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

describe('/v1/me/identities', () => {
  const shown = {
    id: IDENTITY.id,
    provider: 'acme',
    issuer: IDENTITY.issuer,
    email: IDENTITY.email,
    createdAt: IDENTITY.createdAt.toISOString(),
  };

  it('answers 200 with what their owner may see', async () => {
    expect((await app.inject('/v1/me/identities')).json()).toEqual({ data: [shown] });
  });

  it('answers 201 with what was linked', async () => {
    const response = await post('/v1/me/identities', { code: 'c', codeVerifier: VERIFIER });

    expect([response.statusCode, response.json()]).toEqual([201, { data: shown }]);
  });

  it('answers 201 with what an app linked', async () => {
    const response = await post('/v1/me/identities/acme/id-token', { idToken: 'a.b.c', nonce: 'n' });

    expect([response.statusCode, response.json()]).toEqual([201, { data: shown }]);
    expect(asked['LinkWithIdToken']?.slice(1)).toEqual([{ provider: 'acme', idToken: 'a.b.c', nonce: 'n' }]);
  });

  it('answers 204 when it was unlinked, and 409 when it is the last way to sign in', async () => {
    const unlink = () => app.inject({ method: 'DELETE', url: `/v1/me/identities/${IDENTITY.id}` });

    expect((await unlink()).statusCode).toBe(204);
    const refused = await failing(UnlinkIdentity, new LastSignInMethod(), unlink);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'LAST_SIGN_IN_METHOD']);
  });

  it('answers 422 to an id that is none', async () => {
    expect((await app.inject({ method: 'DELETE', url: '/v1/me/identities/nonsense' })).statusCode).toBe(422);
  });
});

describe('the page to sign in with', () => {
  it('runs scripts of its own origin only', async () => {
    const [page, script] = [await app.inject('/docs/sign-in'), await app.inject('/docs/sign-in.js')];

    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(() => new Function(script.body)).not.toThrow();
  });
});
