import { newId } from '#platform/kernel/values/ids.js';
import type { ExternalAccount, Identity } from '../domain/identity.js';

export const NOW = new Date('2030-01-01T12:00:00.000Z');
export const ISSUER = 'https://provider.example.test';

/** Somebody at a provider that vouches for their address. */
export function anExternalAccount(overrides: Partial<ExternalAccount> = {}): ExternalAccount {
  const subject = newId();
  return {
    issuer: ISSUER,
    subject,
    email: `${subject}@example.test`,
    isEmailVerified: true,
    name: 'Ada',
    ...overrides,
  };
}

export function anIdentity(overrides: Partial<Identity> = {}): Identity {
  const { issuer, subject, email } = anExternalAccount();
  return { id: newId(), userId: newId(), issuer, subject, email, createdAt: NOW, ...overrides };
}
