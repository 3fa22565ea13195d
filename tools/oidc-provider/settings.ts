import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';

export type Person = Readonly<{ id: string; name: string; email: string; isEmailVerified: boolean; password: string }>;

export type ProviderSettings = Readonly<{
  /** An address of this machine, with the port to listen on. */
  issuer: string;
  clients: readonly ClientMetadata[];
  people: readonly Person[];
  /** Without one it is made: then a provider that is killed and comes back has other keys than its clients know. */
  signingKey?: JsonWebKey;
}>;

export const newSigningKey = (): JsonWebKey =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

/** How the settings reach the process: as JSON in this variable. */
export const SETTINGS_VARIABLE = 'LOCAL_OIDC_PROVIDER';

/**
 * Who can sign in. The passwords stand on the page and protect nothing. Ada is one of the seeded users, so her first sign-in
 * links an account that is there; Katherine's makes a new one.
 */
export const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.test', isEmailVerified: true, password: 'analytical-engine' },
  {
    id: 'katherine',
    name: 'Katherine Johnson',
    email: 'katherine@example.test',
    isEmailVerified: true,
    password: 'orbital-mechanics',
  },
];
