import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { OpenIdProviders } from '../infrastructure/provider/openid-providers.js';
import { ForgingProvider } from './forging-provider.js';

export const NONCE = 'the nonce';
export const CHECKS = { state: 'the state', nonce: NONCE, codeVerifier: 'v'.repeat(43) };

/** A provider that says what a test wants it to say, and the service that trusts it under the name of `acme`. */
export async function forgedAcme() {
  const forger = await ForgingProvider.start();
  const forget = () => {
    forger.broken.clear();
    forger.requests.length = 0;
  };
  /** As a process that has just started. */
  const providers = (overrides: object = {}) => providersAt(forger, overrides);
  /** What the browser brings back from it. */
  const back = (changes: Record<string, string> = {}) =>
    new URLSearchParams({ code: 'c', state: CHECKS.state, iss: forger.issuer, ...changes }).toString();
  const redeem = async (idToken: string, query = back()) => {
    forger.idToken = idToken;
    return providers().redeem('acme', query, CHECKS);
  };
  const verify = (idToken: string) => providers().verify('acme', idToken, NONCE);
  return { forger, forget, providers, back, redeem, verify };
}

function providersAt({ issuer }: ForgingProvider, overrides: object): OpenIdProviders {
  const { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = ForgingProvider;
  const provider = {
    id: 'acme',
    name: 'Acme',
    issuer,
    clientId,
    clientSecret,
    nativeClientIds: ['mobile'],
    ...overrides,
  };
  return new OpenIdProviders(loadEnv(aValidEnv({ OIDC_PROVIDERS: JSON.stringify([provider]) })));
}
