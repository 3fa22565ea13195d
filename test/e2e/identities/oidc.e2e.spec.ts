import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aProviderPerson,
  aVerifier,
  Browser,
  type OidcProvider,
  startOidcProvider,
} from '#platform/testing/servers/oidc.js';
import { signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { aStranger, fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import type { Person as ProviderPerson } from '../../../tools/oidc-provider/settings.ts';
import { freePort } from '../../../tools/servers/ports.ts';
import { acceptAtResourceServer } from '../../resource-server.ts';

const REDIRECT_URI = 'https://app.example.test/signed-in?from=api';
const APP_REDIRECT_URI = 'com.example.app:/signed-in';
const SECRET = 'a secret of the tests, for the tests';

const people = {
  newcomer: aProviderPerson(),
  regular: aProviderPerson(),
  /** Has an account with a password as well. */
  known: aProviderPerson(),
  /** The provider does not vouch for their addresses. */
  doubtful: aProviderPerson({ isEmailVerified: false }),
  stranger: aProviderPerson({ isEmailVerified: false }),
  mobile: aProviderPerson(),
  linking: aProviderPerson({ isEmailVerified: false }),
  attacked: aProviderPerson(),
  returning: aProviderPerson(),
};

let provider: OidcProvider;
let system: System;

beforeAll(async () => {
  const apiPort = await freePort();
  const callback = (id: string) => `http://127.0.0.1:${apiPort}/v1/auth/oidc/${id}/callback`;
  provider = await startOidcProvider({
    people: Object.values(people),
    clients: [
      { client_id: 'web', client_secret: SECRET, redirect_uris: [callback('acme'), callback('twin')] },
      {
        client_id: 'mobile',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [APP_REDIRECT_URI],
      },
    ],
  });
  const acme = {
    id: 'acme',
    name: 'Acme',
    issuer: provider.issuer,
    clientId: 'web',
    clientSecret: SECRET,
    nativeClientIds: ['mobile'],
  };
  system = await startSystem({
    API_PORT: String(apiPort),
    OIDC_REDIRECT_URIS: `${REDIRECT_URI},${APP_REDIRECT_URI}`,
    OIDC_PROVIDERS: JSON.stringify([
      acme,
      { ...acme, id: 'twin', name: 'The same provider, for another address' },
      { id: 'down', name: 'Down', issuer: `http://127.0.0.1:${await freePort()}`, clientId: 'web' },
    ]),
  });
});
afterAll(async () => {
  await system.stop();
  await provider.stop();
});

const isDone = (url: string) => url.startsWith(REDIRECT_URI);
const startPath = (query: Record<string, string>, id = 'acme') =>
  `/v1/auth/oidc/${id}/start?${new URLSearchParams(query)}`;

/** As far as the page of the provider. */
async function begin(browser = new Browser()) {
  const { codeVerifier, codeChallenge } = aVerifier();
  const page = await browser.open(system.api.url + startPath({ redirectUri: REDIRECT_URI, codeChallenge }), isDone);
  return { browser, codeVerifier, page };
}

/** The whole way of a browser: to the provider, through its page, and back. */
async function goThrough(person: ProviderPerson, browser = new Browser()) {
  const { codeVerifier, page } = await begin(browser);
  const { url } = page.body.includes('action=') ? await browser.signInAt(page, person, isDone) : page;
  return { browser, codeVerifier, url, code: new URL(url).searchParams.get('code') ?? '' };
}

/** As far as the address with which the provider sends the browser back, which nobody has asked yet. */
async function comeBack(person: ProviderPerson) {
  const { browser, codeVerifier, page } = await begin();
  const { url } = await browser.signInAt(page, person, (at) => at.includes('/callback?'));
  return { browser, codeVerifier, callback: new URL(url) };
}

const exchange = (body: object) => system.client.post('/v1/auth/oidc/exchange', body, fromElsewhere());
const me = async (token: string) => (await system.client.get('/v1/me', { token })).body.data;

async function signIn(person: ProviderPerson) {
  const { code, codeVerifier } = await goThrough(person);
  const { status, body } = await exchange({ code, codeVerifier });
  expect([status, body.code]).toEqual([200, undefined]);
  return body.data as { accessToken: string; refreshToken: string };
}

describe('signing in at a provider', () => {
  it('makes an account for somebody new', async () => {
    const { accessToken, refreshToken } = await signIn(people.newcomer);

    expect(await me(accessToken)).toMatchObject({ email: people.newcomer.email, name: people.newcomer.name });
    expect((await system.client.post('/v1/auth/refresh', { refreshToken }, fromElsewhere())).status).toBe(200);
  });

  it('leads to the same account every time', async () => {
    const [first, second] = [await signIn(people.regular), await signIn(people.regular)];

    expect((await me(first.accessToken)).id).toBe((await me(second.accessToken)).id);
  });

  it('makes one account when somebody new signs in many times at once', async () => {
    const person = people.attacked;
    const ways = await Promise.all(Array.from({ length: 5 }, () => goThrough(person)));

    const answers = await Promise.all(ways.map(({ code, codeVerifier }) => exchange({ code, codeVerifier })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const ids = await Promise.all(answers.map(async ({ body }) => (await me(body.data.accessToken)).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('shows no token and no address of a person in any URL or log line', async () => {
    const { browser, code, codeVerifier } = await goThrough(people.regular);
    const { body } = await exchange({ code, codeVerifier });

    const written = browser.visited.filter((url) => !url.startsWith(provider.issuer)).join('\n') + system.api.output();

    const secrets = [
      body.data.accessToken,
      body.data.refreshToken,
      codeVerifier,
      people.regular.email,
      encodeURIComponent(people.regular.email),
    ];
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    expect(written).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    expect(system.api.output()).not.toContain(code);
  });

  it('gives tokens that another implementation verifies with our published keys', async () => {
    const { accessToken } = await signIn(people.regular);

    const { sub } = await acceptAtResourceServer(accessToken, { issuer: system.api.url });

    expect(sub).toBe((await me(accessToken)).id);
  });

  it('keeps sign-ins begun in two tabs apart, and both come to an end', async () => {
    const browser = new Browser();
    const [first, second] = [await begin(browser), await begin(browser)];

    const ends = [
      await browser.signInAt(second.page, people.regular, isDone),
      await browser.signInAt(first.page, people.regular, isDone),
    ];

    const codes = ends.map(({ url }) => new URL(url).searchParams.get('code') ?? '');
    expect((await exchange({ code: codes[0], codeVerifier: second.codeVerifier })).status).toBe(200);
    expect((await exchange({ code: codes[1], codeVerifier: first.codeVerifier })).status).toBe(200);
  });

  it('comes back with an error when somebody cancels at the provider', async () => {
    const { browser, page } = await begin();

    const { url } = await browser.open(`${page.url}/abort`, isDone);

    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ from: 'api', error: 'OIDC_SIGN_IN_DENIED' });
  });

  it('lists the providers', async () => {
    const { body } = await system.client.get('/v1/auth/oidc/providers');

    expect(body.data).toContainEqual({ id: 'acme', name: 'Acme' });
    expect(JSON.stringify(body)).not.toContain(SECRET);
  });
});

describe('the same address here and at a provider', () => {
  it('is one account when both sides have verified it', async () => {
    const { email, token } = await signUp(system, { ...aStranger(), email: people.known.email });

    const { accessToken } = await signIn(people.known);

    expect(await me(accessToken)).toEqual(await me(token));
    expect((await me(accessToken)).email).toBe(email);
    expect(await system.mailbox.mailTo(email, /can be opened with Acme/)).toMatchObject({ to: email });
  });

  it('answers 409 when the provider does not vouch for it, whether or not it has an account here, until it is linked while signed in', async () => {
    const { token } = await signUp(system, { ...aStranger(), email: people.doubtful.email });
    const refusals = await Promise.all(
      [people.doubtful, people.stranger].map(async (person) =>
        exchange(await goThrough(person).then(({ code, codeVerifier }) => ({ code, codeVerifier }))),
      ),
    );

    expect(refusals.map(({ status, body }) => [status, body.code, body.detail])).toEqual(
      Array(2).fill([409, 'IDENTITY_NOT_LINKED', expect.stringContaining('/v1/me/identities')]),
    );

    const { code, codeVerifier } = await goThrough(people.doubtful);
    const linked = await system.client.post('/v1/me/identities', { code, codeVerifier }, { token });
    expect([linked.status, linked.body.data]).toEqual([
      201,
      expect.objectContaining({ provider: 'acme', issuer: provider.issuer, email: people.doubtful.email }),
    ]);

    const { accessToken } = await signIn(people.doubtful);
    expect((await me(accessToken)).id).toBe((await me(token)).id);
  });

  it('cannot be linked to two accounts', async () => {
    await signIn(people.regular);
    const { token } = await signUp(system);
    const { code, codeVerifier } = await goThrough(people.regular);

    const { status, body } = await system.client.post('/v1/me/identities', { code, codeVerifier }, { token });

    expect([status, body.code]).toEqual([409, 'IDENTITY_LINKED_ELSEWHERE']);
  });
});

describe('unlinking', () => {
  const unlink = (id: string, token: string) => system.client.send('DELETE', `/v1/me/identities/${id}`, { token });
  const listed = async (token: string) =>
    (await system.client.get('/v1/me/identities', { token })).body.data as { id: string }[];

  it('is for the owner, and never for the last way to sign in', async () => {
    const { accessToken } = await signIn(people.newcomer);
    const other = await signUp(system);
    const [identity] = await listed(accessToken);

    const last = await unlink(identity!.id, accessToken);
    expect([last.status, last.body.code]).toEqual([409, 'LAST_SIGN_IN_METHOD']);
    const foreign = await unlink(identity!.id, other.token);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'IDENTITY_NOT_FOUND']);
    expect(await listed(accessToken)).toHaveLength(1);
  });

  it('leaves the password', async () => {
    const person = await signUp(system);
    const { code, codeVerifier } = await goThrough(people.stranger);
    const { body } = await system.client.post('/v1/me/identities', { code, codeVerifier }, { token: person.token });

    expect((await unlink(body.data.id, person.token)).status).toBe(204);

    expect(await listed(person.token)).toEqual([]);
    expect(await system.mailbox.mailTo(person.email, /no longer be opened with Acme/)).toMatchObject({
      to: person.email,
    });
    expect(
      (await system.client.post('/v1/auth/login', { email: person.email, password: person.password }, fromElsewhere()))
        .status,
    ).toBe(200);
  });
});

describe('somebody whose account was deleted', () => {
  it('comes back to a new account, at the same provider and with the same address', async () => {
    const administrator = await signUpOnlyAdministrator(system);
    const before = await me((await signIn(people.returning)).accessToken);

    expect((await system.client.send('DELETE', `/v1/users/${before.id}`, { token: administrator.token })).status).toBe(
      204,
    );
    const after = await me((await signIn(people.returning)).accessToken);

    expect(after).toMatchObject({ email: before.email });
    expect(after.id).not.toBe(before.id);
    expect((await system.client.get(`/v1/users/${before.id}`, { token: administrator.token })).body.code).toBe(
      'USER_NOT_FOUND',
    );
  });
});

describe('an app that signs in by itself', () => {
  /** What the library of a mobile app does: its own code flow, as a public client. */
  async function idTokenOf(person: ProviderPerson) {
    const configuration = await oidc.discovery(new URL(provider.issuer), 'mobile', undefined, oidc.None(), {
      execute: [oidc.allowInsecureRequests],
    });
    const [nonce, state, pkceCodeVerifier] = [oidc.randomNonce(), oidc.randomState(), oidc.randomPKCECodeVerifier()];
    const claims = JSON.stringify({ id_token: { email: null, email_verified: null, name: null } });
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: APP_REDIRECT_URI,
      scope: 'openid email profile',
      nonce,
      state,
      claims,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const isBack = (at: string) => at.startsWith(APP_REDIRECT_URI);
    const browser = new Browser();
    const back = await browser.signInAt(await browser.open(url.href, isBack), person, isBack);
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(back.url), {
      pkceCodeVerifier,
      expectedNonce: nonce,
      expectedState: state,
    });
    return { idToken: tokens.id_token ?? '', nonce };
  }
  const present = (body: object) => system.client.post('/v1/auth/oidc/acme/id-token', body, fromElsewhere());

  /** The last character of a base64url text has bits that say nothing. */
  const respelled = (text: string) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? '') ^ 1];
  };

  it('sends the id_token, once', async () => {
    const { idToken, nonce } = await idTokenOf(people.mobile);

    const [first, second] = [await present({ idToken, nonce }), await present({ idToken, nonce })];

    expect(first.status).toBe(200);
    expect((await me(first.body.data.accessToken)).email).toBe(people.mobile.email);
    expect([second.status, second.body.code]).toEqual([401, 'ID_TOKEN_INVALID']);
  });

  it.each([
    ['a space behind it', (idToken: string) => `${idToken} `],
    ['padding', (idToken: string) => `${idToken}==`],
    ['its last character spelled differently', (idToken: string) => respelled(idToken)],
  ])('does not sign in again with the same token and %s', async (_what, spell) => {
    const { idToken, nonce } = await idTokenOf(people.mobile);
    await present({ idToken, nonce });

    const { status, body } = await present({ idToken: spell(idToken), nonce });

    expect([status, body.code]).toEqual([401, 'ID_TOKEN_INVALID']);
  });

  it('links what it signed in with to the account of a password', async () => {
    const person = await signUp(system);
    const { idToken, nonce } = await idTokenOf(people.linking);

    const { status, body } = await system.client.post(
      '/v1/me/identities/acme/id-token',
      { idToken, nonce },
      { token: person.token },
    );

    expect([status, body.data]).toEqual([
      201,
      expect.objectContaining({ provider: 'acme', email: people.linking.email }),
    ]);
    const again = await idTokenOf(people.linking);
    expect((await me((await present(again)).body.data.accessToken)).id).toBe((await me(person.token)).id);
  });

  it('must know the nonce', async () => {
    const { idToken } = await idTokenOf(people.mobile);

    const { status, body } = await present({ idToken, nonce: oidc.randomNonce() });

    expect([status, body.code]).toEqual([401, 'ID_TOKEN_INVALID']);
  });

  it('gets nowhere with one of our own access tokens', async () => {
    const { accessToken } = await signIn(people.regular);

    const { status, body } = await present({ idToken: accessToken, nonce: 'any nonce' });

    expect([status, body.code]).toEqual([401, 'ID_TOKEN_INVALID']);
  });
});

describe('somebody who interferes', () => {
  /** Changes the way back from the provider. @returns status and code of the answer, or the error in its redirect */
  type Interference = (way: { browser: Browser; callback: URL }) => Promise<Response>;
  const ask = (url: URL, browser: Browser) => browser.request(url.href);
  const changed = (url: URL, change: (query: URLSearchParams) => void): URL => {
    change(url.searchParams);
    return url;
  };

  it.each<[string, Interference, unknown]>([
    [
      'invents a state',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.set('state', 'A'.repeat(300))),
          browser,
        ),
      [400, 'OIDC_STATE_INVALID'],
    ],
    [
      'changes a character of the state',
      ({ browser, callback }) => {
        const state = callback.searchParams.get('state')!;
        callback.searchParams.set('state', (state.startsWith('A') ? 'B' : 'A') + state.slice(1));
        return ask(callback, browser);
      },
      [400, 'OIDC_STATE_INVALID'],
    ],
    [
      'leaves the state out',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.delete('state')),
          browser,
        ),
      [422, 'VALIDATION_FAILED'],
    ],
    [
      'sends the state twice',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.append('state', 'x')),
          browser,
        ),
      [422, 'VALIDATION_FAILED'],
    ],
    [
      'uses another browser',
      async ({ callback }) => ask(callback, (await begin()).browser),
      [400, 'OIDC_STATE_INVALID'],
    ],
    ['uses a browser without cookies', ({ callback }) => ask(callback, new Browser()), [400, 'OIDC_STATE_INVALID']],
    [
      'answers for another provider',
      ({ browser, callback }) => ask(new URL(callback.href.replace('/acme/', '/twin/')), browser),
      [400, 'OIDC_STATE_INVALID'],
    ],
    [
      'uses the state again',
      async ({ browser, callback }) => {
        await ask(callback, browser);
        return ask(callback, browser);
      },
      [400, 'OIDC_STATE_INVALID'],
    ],
    [
      'names another issuer',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.set('iss', 'https://evil.example.test')),
          browser,
        ),
      [302, 'OIDC_SIGN_IN_FAILED'],
    ],
    [
      'leaves the issuer out',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.delete('iss')),
          browser,
        ),
      [302, 'OIDC_SIGN_IN_FAILED'],
    ],
    [
      'invents a code',
      ({ browser, callback }) =>
        ask(
          changed(callback, (query) => query.set('code', 'x'.repeat(43))),
          browser,
        ),
      [302, 'OIDC_SIGN_IN_FAILED'],
    ],
  ])('%s: nobody is signed in', async (_how, interfere, expected) => {
    const response = await interfere(await comeBack(people.attacked));

    const location = response.headers.get('location');
    const code =
      location === null
        ? ((await response.json()) as { code: string }).code
        : new URL(location).searchParams.get('error');
    expect([response.status, code]).toEqual(expected);
    if (location !== null) expect(new URL(location).searchParams.has('code')).toBe(false);
  });

  it("puts the provider's code of somebody else into their own way back: it is bound to the verifier of the other browser", async () => {
    const [victim, attacker] = [await comeBack(people.attacked), await comeBack(people.regular)];
    victim.callback.searchParams.set('code', attacker.callback.searchParams.get('code')!);

    const response = await ask(victim.callback, victim.browser);

    expect(new URL(response.headers.get('location')!).searchParams.get('error')).toBe('OIDC_SIGN_IN_FAILED');
  });

  it('redeems a code without its verifier: it fails, and the code is spent', async () => {
    const { code, codeVerifier } = await goThrough(people.attacked);

    const stolen = await exchange({ code, codeVerifier: aVerifier().codeVerifier });
    const own = await exchange({ code, codeVerifier });

    for (const { status, body } of [stolen, own]) expect([status, body.code]).toEqual([401, 'SIGN_IN_CODE_INVALID']);
  });

  it('redeems a code many times at once: it works once', async () => {
    const { code, codeVerifier } = await goThrough(people.attacked);

    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange({ code, codeVerifier })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
  });

  it('redeems what is no code', async () => {
    const { codeVerifier } = aVerifier();
    const { callback } = await comeBack(people.attacked);

    for (const code of ['x', callback.searchParams.get('code'), callback.searchParams.get('state')]) {
      const { status, body } = await exchange({ code, codeVerifier });
      expect([status, body.code]).toEqual([401, 'SIGN_IN_CODE_INVALID']);
    }
  });

  it.each([
    'https://app.example.test/signed-in',
    'https://app.example.test/signed-in?from=api&more=1',
    'https://app.example.test/signed-in?from=api#fragment',
    'https://app.example.test/signed-in/../evil?from=api',
    'https://app.example.test.evil.example/signed-in?from=api',
    'https://app.example.test@evil.example/signed-in?from=api',
    'https://evil.example/?https://app.example.test/signed-in?from=api',
    'https://APP.example.test/signed-in?from=api',
    'http://app.example.test/signed-in?from=api',
    '//app.example.test/signed-in?from=api',
    ' https://app.example.test/signed-in?from=api',
    'com.example.app:/signed-in/',
    'javascript:alert(1)',
  ])('asks to be sent to %j', async (redirectUri) => {
    const { status, headers, body } = await system.client.get(
      startPath({ redirectUri, codeChallenge: aVerifier().codeChallenge }),
    );

    expect([status, body.code, headers.get('location')]).toEqual([422, 'REDIRECT_URI_NOT_ALLOWED', null]);
  });

  it.each<[string, Record<string, string>]>([
    ['without a challenge', { redirectUri: REDIRECT_URI }],
    ['with a plain challenge', { redirectUri: REDIRECT_URI, codeChallenge: 'too-short' }],
    [
      'with a method of its own',
      { redirectUri: REDIRECT_URI, codeChallenge: aVerifier().codeChallenge, codeChallengeMethod: 'plain' },
    ],
  ])('starts %s', async (_how, query) => {
    expect((await system.client.get(startPath(query))).status).toBe(422);
  });
});

describe('a browser on its way', () => {
  it('is known by a cookie that no script and no other site gets', async () => {
    const { headers } = await system.client.get(
      startPath({ redirectUri: REDIRECT_URI, codeChallenge: aVerifier().codeChallenge }),
    );

    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-/);
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
      expect(cookie?.split('; ')).toContain(attribute);
    expect(cookie).not.toContain('Domain');
  });

  it('brings state, nonce and an S256 challenge of our own to the provider', async () => {
    const { codeChallenge } = aVerifier();
    const { headers } = await system.client.get(startPath({ redirectUri: REDIRECT_URI, codeChallenge }));

    const { searchParams } = new URL(headers.get('location')!);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'web',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name)?.length).toBeGreaterThanOrEqual(43);
    expect(searchParams.get('code_challenge')).not.toBe(codeChallenge);
  });
});

describe('a provider that is down', () => {
  it('is a problem of its own, and passwords keep working', async () => {
    const person = await signUp(system);

    const begun = await system.client.get(
      startPath({ redirectUri: REDIRECT_URI, codeChallenge: aVerifier().codeChallenge }, 'down'),
    );
    const native = await system.client.post(
      '/v1/auth/oidc/down/id-token',
      { idToken: 'a.b.c', nonce: 'n' },
      fromElsewhere(),
    );

    for (const { status, body, headers } of [begun, native]) {
      expect([status, body.code]).toEqual([503, 'OIDC_PROVIDER_UNAVAILABLE']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(
      (await system.client.post('/v1/auth/login', { email: person.email, password: person.password }, fromElsewhere()))
        .status,
    ).toBe(200);
  });

  it('is not the same as one that does not exist', async () => {
    const { status, body } = await system.client.get(
      startPath({ redirectUri: REDIRECT_URI, codeChallenge: aVerifier().codeChallenge }, 'nobody'),
    );

    expect([status, body.code]).toEqual([404, 'OIDC_PROVIDER_NOT_FOUND']);
  });

  it('sends the browser back with an error when it fails on the way', async () => {
    const { browser, callback } = await comeBack(people.regular);
    await provider.stop();

    const { url } = await browser.open(callback.href, isDone);

    expect(new URL(url).searchParams.get('error')).toBe('OIDC_PROVIDER_UNAVAILABLE');
  });
});
