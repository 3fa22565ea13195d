import type { ExternalAccount } from './identity.js';

/** Time to sign in at the provider. Most providers forget an authorization request after as long, so more would help nobody. */
const ATTEMPT_LIFETIME_MS = 10 * 60_000;
/** A client redeems a code at once. Found later in a history or a log, it is worthless. */
const CODE_LIFETIME_MS = 60_000;

/** A sign-in that was begun in a browser and is now the provider's turn. It travels as the `state`. */
export type SignInAttempt = Readonly<{
  id: string;
  provider: string;
  /** Where the browser goes in the end. */
  redirectUri: string;
  /** RFC 7636, S256: only who knows the verifier gets something for the code. */
  codeChallenge: string;
  expiresAt: Date;
}>;

/** A sign-in that the provider has confirmed, for the client that began it to redeem. */
export type SignInCode = Readonly<{ id: string; account: ExternalAccount; codeChallenge: string; expiresAt: Date }>;

export type SignInRequest = Pick<SignInAttempt, 'provider' | 'redirectUri' | 'codeChallenge'>;

export function beginSignIn(
  { provider, redirectUri, codeChallenge }: SignInRequest,
  id: string,
  now: Date,
): SignInAttempt {
  return { id, provider, redirectUri, codeChallenge, expiresAt: new Date(now.getTime() + ATTEMPT_LIFETIME_MS) };
}

export function confirmSignIn(
  { codeChallenge }: SignInAttempt,
  account: ExternalAccount,
  id: string,
  now: Date,
): SignInCode {
  return { id, account, codeChallenge, expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS) };
}

export const isExpired = ({ expiresAt }: { expiresAt: Date }, now: Date): boolean => expiresAt <= now;
