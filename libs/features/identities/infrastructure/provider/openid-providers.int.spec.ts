import { createHmac } from 'node:crypto';
import { base64url, exportSPKI, importJWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { patience } from '#platform/testing/waiting/patience.js';
import {
  IdTokenInvalid,
  OidcProviderNotFound,
  OidcProviderUnavailable,
  OidcSignInDenied,
  OidcSignInFailed,
} from '../../domain/identity.errors.js';
import { aKeyPair, ForgingProvider } from '../../testing/forging-provider.js';
import { OpenIdProviders } from './openid-providers.js';

const { CLIENT_ID, CLIENT_SECRET } = ForgingProvider;
const [STATE, NONCE] = ['the state', 'the nonce'];
const CHECKS = { state: STATE, nonce: NONCE, codeVerifier: 'v'.repeat(43) };

let forger: ForgingProvider;
beforeAll(async () => {
  forger = await ForgingProvider.start();
});
afterAll(() => forger.stop());
beforeEach(() => {
  forger.broken.clear();
  forger.requests.length = 0;
});

/** As a process that has just started. */
function providers(overrides: object = {}): OpenIdProviders {
  const provider = {
    id: 'acme',
    name: 'Acme',
    issuer: forger.issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    nativeClientIds: ['mobile'],
    ...overrides,
  };
  return new OpenIdProviders(loadEnv(aValidEnv({ OIDC_PROVIDERS: JSON.stringify([provider]) })));
}
const back = (changes: Record<string, string> = {}) =>
  new URLSearchParams({ code: 'c', state: STATE, iss: forger.issuer, ...changes }).toString();

async function redeem(idToken: string, query = back()) {
  forger.idToken = idToken;
  return providers().redeem('acme', query, CHECKS);
}
const verify = (idToken: string) => providers().verify('acme', idToken, NONCE);

describe('an id_token as it should be', () => {
  it('is accepted when it came through the browser and when an app sent it', async () => {
    const idToken = await forger.sign({ nonce: NONCE, email_verified: true, name: 'Ada' });
    const account = {
      issuer: forger.issuer,
      subject: 'somebody',
      email: 'ada@example.test',
      isEmailVerified: true,
      name: 'Ada',
    };

    expect(await redeem(idToken)).toEqual(account);
    expect((await verify(idToken)).account).toEqual(account);
  });

  it('may be for one of the apps when an app sends it', async () => {
    await expect(verify(await forger.sign({ nonce: NONCE, aud: 'mobile' }))).resolves.toBeDefined();
    await expect(
      verify(await forger.sign({ nonce: NONCE, aud: [CLIENT_ID, 'other'], azp: 'mobile' })),
    ).resolves.toBeDefined();
    await expect(redeem(await forger.sign({ nonce: NONCE, aud: 'mobile' }))).rejects.toThrow(OidcSignInFailed);
  });
});

/** The whole table of forgeries; add a line when you hear of another. Each must be refused on both ways in. */
const FORGERIES: readonly (readonly [string, () => Promise<string>])[] = [
  ['alg none', async () => unsigned({ alg: 'none' })],
  ['alg None', async () => unsigned({ alg: 'None' })],
  ['HS256 with the client secret', async () => hmacSigned(CLIENT_SECRET)],
  [
    'HS256 with the public key as PEM',
    async () =>
      hmacSigned(
        await exportSPKI((await importJWK(forger.key.publicJwk, 'RS256', { extractable: true })) as CryptoKey),
      ),
  ],
  ['HS256 with the public key as JSON', async () => hmacSigned(JSON.stringify(forger.key.publicJwk))],
  [
    "another key under the provider's key id",
    async () => forger.sign({ nonce: NONCE }, await aKeyPair(forger.key.kid)),
  ],
  ['an unknown key', async () => forger.sign({ nonce: NONCE }, await aKeyPair('unknown'))],
  [
    'a key it brings along',
    async () => {
      const key = await aKeyPair('mine');
      return forger.sign({ nonce: NONCE }, key, { jwk: key.publicJwk });
    },
  ],
  [
    'an address for its key',
    async () => forger.sign({ nonce: NONCE }, await aKeyPair('mine'), { jku: 'https://evil.example.test/jwks' }),
  ],
  ['a changed payload', async () => tampered(await forger.sign({ nonce: NONCE }))],
  ['no signature', async () => (await forger.sign({ nonce: NONCE })).replace(/[^.]*$/, '')],
  ['another issuer', () => forger.sign({ nonce: NONCE, iss: 'https://evil.example.test' })],
  ['the issuer with a slash too many', () => forger.sign({ nonce: NONCE, iss: `${forger.issuer}/` })],
  ['another audience', () => forger.sign({ nonce: NONCE, aud: 'somebody else' })],
  ['several audiences and no azp', () => forger.sign({ nonce: NONCE, aud: [CLIENT_ID, 'somebody else'] })],
  ['an azp that is not us', () => forger.sign({ nonce: NONCE, azp: 'somebody else' })],
  ['no audience', () => forger.sign({ nonce: NONCE, aud: undefined })],
  ['an end in the past', () => forger.sign({ nonce: NONCE, exp: secondsFromNow(-60) })],
  ['no end', () => forger.sign({ nonce: NONCE, exp: undefined })],
  ['a beginning in the future', () => forger.sign({ nonce: NONCE, nbf: secondsFromNow(600) })],
  ['no time of issue', () => forger.sign({ nonce: NONCE, iat: undefined })],
  ['another nonce', () => forger.sign({ nonce: 'another' })],
  ['no nonce', () => forger.sign({})],
  ['no subject', () => forger.sign({ nonce: NONCE, sub: undefined })],
  ['an empty subject', () => forger.sign({ nonce: NONCE, sub: '' })],
  ['a NUL in its subject', () => forger.sign({ nonce: NONCE, sub: 'a\0b' })],
  ['half a surrogate pair in its subject', () => forger.sign({ nonce: NONCE, sub: 'a\ud800' })],
  ['nothing in it', async () => ''],
  ['nonsense in it', async () => 'a.b.c'],
];

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const encoded = (value: object): string => base64url.encode(JSON.stringify(value));
const payload = (): JWTPayload => forger.claims({ nonce: NONCE });
const unsigned = (header: object): string => `${encoded(header)}.${encoded(payload())}.`;

function hmacSigned(secret: string): string {
  const input = `${encoded({ alg: 'HS256', kid: forger.key.kid })}.${encoded(payload())}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, encoded({ ...payload(), sub: 'the administrator' }), signature].join('.');
}

describe('a forged id_token', () => {
  it.each(FORGERIES)('with %s signs nobody in', async (_what, forge) => {
    const idToken = await forge();

    await expect(verify(idToken)).rejects.toThrow(IdTokenInvalid);
    await expect(redeem(idToken)).rejects.toThrow(OidcSignInFailed);
  });

  it('that lasts for ever is remembered for an hour', async () => {
    const { expiresAt } = await verify(await forger.sign({ nonce: NONCE, exp: 99_999_999_999_999 }));

    expect(expiresAt.getTime()).toBeLessThan(Date.now() + 3_700_000);
  });

  it('that an app kept for longer than an hour signs nobody in', async () => {
    await expect(verify(await forger.sign({ nonce: NONCE, iat: secondsFromNow(-3_700) }))).rejects.toThrow(
      IdTokenInvalid,
    );
  });
});

describe('an answer of a provider', () => {
  it.each<[string, Record<string, string>]>([
    ['another state', { state: 'another' }],
    ['another issuer', { iss: 'https://evil.example.test' }],
    ['no code', { code: '' }],
  ])('with %s asks nobody for tokens', async (_what, changes) => {
    await expect(redeem(await forger.sign({ nonce: NONCE }), back(changes))).rejects.toThrow(OidcSignInFailed);
    expect(forger.asked('/token')).toBe(0);
  });

  it('without an issuer, though the provider promises one, asks nobody for tokens', async () => {
    await expect(
      redeem(await forger.sign({ nonce: NONCE }), `code=c&state=${encodeURIComponent(STATE)}`),
    ).rejects.toThrow(OidcSignInFailed);
    expect(forger.asked('/token')).toBe(0);
  });

  it('is redeemed with our secret and our verifier', async () => {
    await redeem(await forger.sign({ nonce: NONCE }));

    const { authorization, body } = forger.requests.find(({ path }) => path === '/token')!;
    expect(authorization).toMatch(/^Basic /);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c',
      code_verifier: CHECKS.codeVerifier,
      redirect_uri: 'http://localhost:3000/v1/auth/oidc/acme/callback',
    });
  });

  it('that says no is a no, and one that says not now is an outage', async () => {
    await expect(redeem('', back({ error: 'access_denied' }))).rejects.toThrow(OidcSignInDenied);
    await expect(redeem('', back({ error: 'temporarily_unavailable' }))).rejects.toThrow(OidcProviderUnavailable);
  });

  it('may keep the address for the userinfo endpoint, whose answer must be about the same subject', async () => {
    const idToken = await forger.sign({ nonce: NONCE, email: undefined });

    forger.userInfo = { sub: 'somebody', email: 'ada@example.test', email_verified: true };
    expect(await redeem(idToken)).toMatchObject({ email: 'ada@example.test', isEmailVerified: true });
    forger.userInfo = { sub: 'somebody else', email: 'eve@example.test', email_verified: true };
    await expect(redeem(idToken)).rejects.toThrow(OidcSignInFailed);
  });
});

describe('a provider that is down', () => {
  const DISCOVERY = '/.well-known/openid-configuration';

  it.each(['/token', '/jwks'])('at %s is an outage, not a forgery', async (path) => {
    forger.broken.set(path, { status: 503, body: {} });

    await expect(redeem(await forger.sign({ nonce: NONCE }))).rejects.toThrow(OidcProviderUnavailable);
  });

  it('at its keys is an outage for apps, too', async () => {
    forger.broken.set('/jwks', { status: 500, body: {} });

    await expect(verify(await forger.sign({ nonce: NONCE }))).rejects.toThrow(OidcProviderUnavailable);
  });

  it('and says nothing keeps a person waiting for a few seconds only', async () => {
    forger.broken.set(DISCOVERY, 'silence');
    const begun = performance.now();

    await expect(providers().authorizationUrl('acme', CHECKS)).rejects.toThrow(OidcProviderUnavailable);
    expect(performance.now() - begun).toBeLessThan(patience(5_000));
  });

  it('is asked by one of many, and then left alone for a moment', async () => {
    forger.broken.set(DISCOVERY, { status: 500, body: {} });
    const asking = providers();

    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => asking.authorizationUrl('acme', CHECKS)));
    await expect(asking.authorizationUrl('acme', CHECKS)).rejects.toThrow(OidcProviderUnavailable);

    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(forger.asked(DISCOVERY)).toBe(1);
  });

  it('is not trusted when it claims to be somebody else', async () => {
    forger.broken.set(DISCOVERY, {
      body: { issuer: 'https://evil.example.test', authorization_endpoint: 'https://evil.example.test/authorize' },
    });

    await expect(providers().authorizationUrl('acme', CHECKS)).rejects.toThrow(OidcProviderUnavailable);
  });
});

describe('an answer without end', () => {
  const MOST_BYTES = 20_000_000;

  it.each(['/.well-known/openid-configuration', '/token', '/jwks', '/userinfo'])(
    'at %s is an outage, and is not read to it',
    async (path) => {
      forger.broken.set(path, 'no end');
      forger.bytesSent = 0;

      await expect(redeem(await forger.sign({ nonce: NONCE, email: undefined }))).rejects.toThrow(
        OidcProviderUnavailable,
      );
      expect(forger.bytesSent).toBeLessThan(MOST_BYTES);
    },
  );
});

describe('a provider that signs with a new key without a word', () => {
  it('is believed two seconds after it was last asked for its keys, in the browser and from apps', async () => {
    const asking = providers();
    forger.idToken = await forger.sign({ nonce: NONCE });
    await asking.redeem('acme', back(), CHECKS);

    forger.key = await aKeyPair('rotated');
    const later = Date.now() + 2_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    forger.idToken = await forger.sign({ nonce: NONCE });

    await expect(asking.redeem('acme', back(), CHECKS)).resolves.toMatchObject({ subject: 'somebody' });
    await expect(asking.verify('acme', forger.idToken, NONCE)).resolves.toBeDefined();
    vi.restoreAllMocks();
  });

  it('is not asked for its keys by every forgery', async () => {
    const asking = providers();

    for (let time = 0; time < 5; time++) {
      await expect(
        asking.verify('acme', await forger.sign({ nonce: NONCE }, await aKeyPair(`unknown ${time}`)), NONCE),
      ).rejects.toThrow(IdTokenInvalid);
    }

    expect(forger.asked('/jwks')).toBeLessThanOrEqual(2);
  });
});

describe('the providers', () => {
  it('are asked about themselves once', async () => {
    const asking = providers();
    for (let time = 0; time < 3; time++) await asking.authorizationUrl('acme', CHECKS);

    expect(forger.asked('/.well-known/openid-configuration')).toBe(1);
  });

  it('are known by their issuer, with or without the last slash', () => {
    expect(providers().idOf(`${forger.issuer}/`)).toBe('acme');
    expect(providers().idOf('https://other.example.test')).toBeNull();
  });

  it('are those of the configuration', async () => {
    await expect(providers().authorizationUrl('other', CHECKS)).rejects.toThrow(OidcProviderNotFound);
    await expect(async () => providers().verify('other', '', NONCE)).rejects.toThrow(OidcProviderNotFound);
  });

  it('get no secret from a public client', async () => {
    forger.idToken = await forger.sign({ nonce: NONCE });
    await providers({ clientSecret: undefined }).redeem('acme', back(), CHECKS);

    const { authorization, body } = forger.requests.find(({ path }) => path === '/token')!;
    expect([authorization, new URLSearchParams(body).get('client_id')]).toEqual([undefined, CLIENT_ID]);
  });
});
