import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { patience } from '#platform/testing/waiting/patience.js';
import { IdTokenInvalid, OidcProviderUnavailable } from '../../domain/identity.errors.js';
import { CHECKS, forgedAcme, NONCE } from '../../testing/forged-acme.js';
import { aKeyPair } from '../../testing/forging-provider.js';

const { back, forger, forget, providers, redeem, verify } = await forgedAcme();
beforeEach(forget);
afterAll(() => forger.stop());

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
