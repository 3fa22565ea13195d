import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OidcProviderUnavailable } from '../domain/identity.errors.js';
import { ForgingProvider } from '../testing/forging-provider.js';
import { ProviderClient } from './provider-client.js';

const DISCOVERY = '/.well-known/openid-configuration';
const HOUR = 3_600_000;

let provider: ForgingProvider;
beforeAll(async () => {
  provider = await ForgingProvider.start();
});
afterAll(() => provider.stop());
beforeEach(() => {
  provider.broken.clear();
  provider.requests.length = 0;
});

function setup() {
  let now = 0;
  const settings = { id: 'acme', name: 'Acme', issuer: provider.issuer, clientId: 'web', scopes: ['openid'], nativeClientIds: [] };
  return { client: new ProviderClient(settings, () => now), pass: (milliseconds: number) => (now += milliseconds) };
}

describe('what a provider says about itself', () => {
  it('is asked for again after an hour', async () => {
    const { client, pass } = setup();
    await client.configuration();
    pass(HOUR - 1);
    await client.configuration();
    expect(provider.asked(DISCOVERY)).toBe(1);

    pass(1);
    await client.configuration();

    expect(provider.asked(DISCOVERY)).toBe(2);
  });

  it('stays good while the provider is down', async () => {
    const { client, pass } = setup();
    const known = await client.configuration();
    pass(HOUR);
    provider.broken.set(DISCOVERY, { status: 503, body: {} });

    expect(await client.configuration()).toBe(known);
  });

  it('is asked for again two seconds after it could not be had, and not before', async () => {
    const { client, pass } = setup();
    provider.broken.set(DISCOVERY, { status: 503, body: {} });
    await expect(client.configuration()).rejects.toThrow(OidcProviderUnavailable);
    provider.broken.clear();

    pass(1_999);
    await expect(client.configuration()).rejects.toThrow(OidcProviderUnavailable);
    pass(1);
    await expect(client.configuration()).resolves.toBeDefined();
  });
});
