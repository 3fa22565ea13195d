import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { OutboundClient } from '#platform/outbound/outbound-client.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { IdTokenInvalid, OidcSignInFailed } from '../../domain/identity.errors.js';
import { ForgingProvider } from '../../testing/forging-provider.js';
import { OpenIdProviders } from './openid-providers.js';

/*
 * Microsoft's address for everybody, whose answers come from a server of this machine: what it says of itself is a copy of
 * https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration, as far as it matters here.
 */
const MICROSOFT = 'https://login.microsoftonline.com';
const [OURS, THEIRS] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const CHECKS = { state: 'the state', nonce: 'the nonce', codeVerifier: 'v'.repeat(43) };
const issuerOf = (tenant: string) => `${MICROSOFT}/${tenant}/v2.0`;

let server: ForgingProvider;
beforeAll(async () => {
  server = await ForgingProvider.start();
  const endpoints = {
    authorization_endpoint: `${MICROSOFT}/authorize`,
    token_endpoint: `${MICROSOFT}/token`,
    jwks_uri: `${MICROSOFT}/jwks`,
  };
  server.broken.set('/common/v2.0/.well-known/openid-configuration', {
    body: { issuer: `${MICROSOFT}/{tenantid}/v2.0`, ...endpoints },
  });
  const toMicrosoft = OutboundClient.prototype.fetch;
  vi.spyOn(OutboundClient.prototype, 'fetch').mockImplementation(function (this: OutboundClient, url, options) {
    return toMicrosoft.call(this, String(url).replace(MICROSOFT, server.issuer), options);
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

function providers(tenants: string[]): OpenIdProviders {
  const microsoft = {
    id: 'microsoft',
    name: 'Microsoft',
    issuer: issuerOf('common'),
    clientId: ForgingProvider.CLIENT_ID,
    tenants,
  };
  return new OpenIdProviders(loadEnv(aValidEnv({ OIDC_PROVIDERS: JSON.stringify([microsoft]) })));
}
const token = (tenant: string, changes: JWTPayload = {}) =>
  server.sign({ nonce: CHECKS.nonce, iss: issuerOf(tenant), tid: tenant, ...changes });

function redeem(asking: OpenIdProviders, idToken: string) {
  server.idToken = idToken;
  return asking.redeem('microsoft', new URLSearchParams({ code: 'c', state: CHECKS.state }).toString(), CHECKS);
}
const verify = async (asking: OpenIdProviders, idToken: string) =>
  (await asking.verify('microsoft', idToken, CHECKS.nonce)).account;

describe('an issuer that many tenants share', () => {
  it('signs people in as those of their tenant: one subject in two of them is two people', async () => {
    const asking = providers(['*']);

    for (const tenant of [OURS, THEIRS]) {
      const account = { issuer: issuerOf(tenant), subject: 'somebody' };
      expect(await redeem(asking, await token(tenant))).toMatchObject(account);
      expect(await verify(asking, await token(tenant))).toMatchObject(account);
      expect(asking.idOf(issuerOf(tenant))).toBe('microsoft');
    }
  });

  it('vouches for no address by itself', async () => {
    const account = await verify(providers([OURS]), await token(OURS));

    expect(account).toMatchObject({ email: 'ada@example.test', isEmailVerified: false });
  });

  it.each<[string, () => Promise<string>]>([
    ['a tenant that is not on the list', () => token(THEIRS)],
    ['a tenant that is not on the list, and the id of one that is', () => token(THEIRS, { tid: OURS })],
    ['the issuer of a tenant on the list, and the id of another', () => token(OURS, { tid: THEIRS })],
    ['no tenant', () => token(OURS, { tid: undefined })],
    ['the placeholder in place of a tenant', () => token('{tenantid}')],
    ['the shared address in place of a tenant', () => token('common')],
    ['another host', () => token(OURS, { iss: `https://evil.example.test/${OURS}/v2.0` })],
  ])('signs nobody in with %s', async (_what, make) => {
    const [asking, idToken] = [providers([OURS]), await make()];

    await expect(redeem(asking, idToken)).rejects.toThrow(OidcSignInFailed);
    await expect(verify(asking, idToken)).rejects.toThrow(IdTokenInvalid);
  });

  it('is not known for tenants that are not on the list', () => {
    expect(providers([OURS]).idOf(issuerOf(THEIRS))).toBeNull();
  });
});
