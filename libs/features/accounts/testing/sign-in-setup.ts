import type { PasswordMatch } from '../application/passwords/password-hasher.js';
import { VerifyCredentials } from '../application/passwords/verify-credentials.js';
import { SignInWithPassword } from '../application/sessions/sign-in-with-password.js';
import { accountsSetup } from './accounts-setup.js';
import { PlainPasswordHasher } from './plain-password-hasher.js';

/** Lets something happen while a password is being checked. */
class InterruptedHasher extends PlainPasswordHasher {
  compared: (string | null)[] = [];
  meanwhile: () => Promise<unknown> = async () => undefined;

  override async compare(password: string, hash: string | null): Promise<PasswordMatch> {
    this.compared.push(hash);
    await this.meanwhile();
    return super.compare(password, hash);
  }
}

/** Signing in with a password. */
export function signInSetup() {
  const setup = accountsSetup();
  const { credentials, sessions, throttle, clock } = setup;
  const hasher = new InterruptedHasher();
  const verifyCredentials = new VerifyCredentials(credentials, hasher, clock);
  const signIn = new SignInWithPassword(throttle, verifyCredentials, credentials, sessions);
  return { ...setup, hasher, verifyCredentials, signIn };
}
