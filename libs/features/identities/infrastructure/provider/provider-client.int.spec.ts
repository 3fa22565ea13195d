import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { OidcProviderUnavailable } from '../../domain/identity.errors.js';
import { ForgingProvider } from '../../testing/forging-provider.js';
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

function setup(issuer = provider.issuer) {
  let now = 0;
  const settings = loadEnv(
    aValidEnv({ OIDC_PROVIDERS: JSON.stringify([{ id: 'acme', name: 'Acme', issuer, clientId: 'web' }]) }),
  ).OIDC_PROVIDERS[0]!;
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

describe('an issuer that is written differently from what it calls itself', () => {
  const callsItself = (issuer: string) => {
    const endpoints = {
      authorization_endpoint: `${provider.issuer}/authorize`,
      token_endpoint: `${provider.issuer}/token`,
    };
    provider.broken.set(`/realm${DISCOVERY}`, { body: { issuer, ...endpoints } });
  };

  it.each([
    ['/realm/', '/realm'],
    ['/realm', '/realm/'],
  ])('by a last slash works, and the log says how to write it: %s for %s', async (written, own) => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    callsItself(provider.issuer + own);

    const configuration = await setup(provider.issuer + written).client.configuration();

    expect(configuration.serverMetadata().issuer).toBe(provider.issuer + own);
    expect(warn).toHaveBeenCalledWith(
      `OIDC_PROVIDERS: the issuer of "acme" calls itself ${provider.issuer}${own}: write it so.`,
    );
    warn.mockRestore();
  });

  it('by anything else is not trusted', async () => {
    callsItself(`${provider.issuer}/other`);

    await expect(setup(`${provider.issuer}/realm`).client.configuration()).rejects.toThrow(OidcProviderUnavailable);
  });
});
