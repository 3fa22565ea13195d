import { InvalidCredentials } from '../../domain/user.errors.js';

/** What a password is checked against. */
export type Credentials = Readonly<{
  /** Null when there is no user, or none yet. */
  userId: string | null;
  /** Null when the user signs in through providers only. */
  passwordHash: string | null;
  isDisabled: boolean;
  /** Of the latest registration that still waits for the address. Anybody may have made it. */
  registeredHash: string | null;
}>;

/** Those of a user whose password was right. */
export type VerifiedCredentials = Credentials & Readonly<{ userId: string; passwordHash: string }>;

/** Not necessarily another password: a hash is also replaced by a stronger one of the same. */
export class CredentialsChanged extends InvalidCredentials {}

export abstract class CredentialsRepository {
  /** In one reading, whatever there is. Null when there is neither a user nor a registration that waits. */
  abstract findByEmail(email: string, now: Date): Promise<Credentials | null>;

  /**
   * Runs `work` in a transaction in which nobody can change the user's password or status. Checking a password takes a while:
   * a sign-in that overlaps with a change of password must not survive it.
   * @throws CredentialsChanged when they have changed since they were read
   */
  abstract whileUnchanged<T>(credentials: Credentials, work: () => Promise<T>): Promise<T>;

  /** Stores another hash of the same password. False, and nothing is written, when the stored one has changed since it was read. */
  abstract renewHash(credentials: VerifiedCredentials, passwordHash: string): Promise<boolean>;
}
