import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  OidcProviderNotFound,
  OidcProviderUnavailable,
  OidcSignInDenied,
  OidcSignInFailed,
} from '../../domain/identity.errors.js';
import { CHECKS, forgedAcme, NONCE } from '../../testing/forged-acme.js';
import { ForgingProvider } from '../../testing/forging-provider.js';

const { CLIENT_ID } = ForgingProvider;

const { back, forger, forget, providers, redeem, verify } = await forgedAcme();
beforeEach(forget);
afterAll(() => forger.stop());

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
      redeem(await forger.sign({ nonce: NONCE }), `code=c&state=${encodeURIComponent(CHECKS.state)}`),
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
