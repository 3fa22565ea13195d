import { IdentityNotLinked, LastSignInMethod } from './identity.errors.js';

/** Who somebody is at a provider. The pair of issuer and subject never changes and is never given to anybody else. */
export type ExternalAccount = Readonly<{
  issuer: string;
  subject: string;
  email: string | null;
  /** Whether the provider itself says that the address is theirs. */
  isEmailVerified: boolean;
  name: string | null;
}>;

/** An external account that signs a user in. */
export type Identity = Readonly<{
  id: string;
  userId: string;
  issuer: string;
  subject: string;
  /** The address at the provider when it was linked: for its owner to recognise it, never to find anybody. */
  email: string | null;
  createdAt: Date;
}>;

export function link({ issuer, subject, email }: ExternalAccount, userId: string, id: string, now: Date): Identity {
  return { id, userId, issuer, subject, email, createdAt: now };
}

/**
 * The address that may lead an external account to a user of ours, or become one.
 * The answer to an address that nobody vouches for is the same whether or not it has an account here.
 * @throws IdentityNotLinked
 */
export function requireVouchedEmail({ email, isEmailVerified }: ExternalAccount): string {
  if (email === null || !isEmailVerified) throw new IdentityNotLinked();
  return email;
}

type SignInMethods = Readonly<{ hasPassword: boolean; usableIdentities: readonly Identity[] }>;

/** @throws LastSignInMethod when nothing would be left to sign in with */
export function requireAnotherWayIn(identity: Identity, { hasPassword, usableIdentities }: SignInMethods): void {
  const hasAnother = hasPassword || usableIdentities.some(({ id }) => id !== identity.id);
  if (!hasAnother) throw new LastSignInMethod();
}
