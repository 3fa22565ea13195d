import type { SignInAttempt, SignInCode } from '../../domain/sign-in.js';
import type { AuthorizationChecks } from '../identity-providers.js';

/**
 * Attempts and codes as the world sees them: encrypted and authenticated, so that nothing has to be stored until one is used.
 * `browser` is a secret that only the cookie of one browser knows.
 */
export abstract class SignInCipher {
  abstract encryptAttempt(attempt: SignInAttempt, browser: string): string;

  /** Null when it is not one of ours, or another browser's. */
  abstract decryptAttempt(state: string, browser: string): SignInAttempt | null;

  /** The same for the same attempt in the same browser, and for nobody else to compute. */
  abstract checksFor(attempt: SignInAttempt, browser: string): Omit<AuthorizationChecks, 'state'>;

  abstract encryptCode(code: SignInCode): string;

  /** Null when it is not one of ours. */
  abstract decryptCode(code: string): SignInCode | null;

  /** RFC 7636, section 4.6, S256. */
  abstract isVerifierOf(codeChallenge: string, codeVerifier: string): boolean;
}
