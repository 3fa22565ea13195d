import { randomBytes } from 'node:crypto';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { MemoryAdapter } from './memory-adapter.ts';
import { newSigningKey, type Person, type ProviderSettings } from './settings.ts';

const HOUR = 3_600;

/** A certified OpenID provider that keeps sessions, codes and tokens in memory. */
export function createProvider({ issuer, clients, people, signingKey = newSigningKey() }: ProviderSettings): Provider {
  const configuration: Configuration = {
    adapter: MemoryAdapter,
    clients: [...clients],
    jwks: { keys: [{ ...signingKey, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    pkce: { required: () => true },
    ttl: { AccessToken: HOUR, AuthorizationCode: 60, Grant: HOUR, IdToken: HOUR, Interaction: HOUR, Session: HOUR },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => {
      const person = people.find((one) => one.id === id);
      return person && { accountId: id, claims: () => claimsOf(person) };
    },
    loadExistingGrant: grantEverything,
  };
  return new Provider(issuer, configuration);
}

const claimsOf = ({ id, email, isEmailVerified, name }: Person) => ({
  sub: id,
  email,
  email_verified: isEmailVerified,
  name,
});

/** Nobody is asked whether the own API may know them. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc;
  if (!client || !session?.accountId) return undefined;

  const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid email profile');
  grant.addOIDCClaims(['sub', 'email', 'email_verified', 'name']);
  await grant.save();
  return grant;
}
