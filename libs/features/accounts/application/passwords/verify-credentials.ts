import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { AccountDisabled, EmailNotVerified, InvalidCredentials, PasswordChecksBusy } from '../../domain/user.errors.js';
import { type Credentials, CredentialsRepository, type VerifiedCredentials } from './credentials.repository.js';
import { PasswordHasher } from './password-hasher.js';

const NOBODY: Credentials = { userId: null, passwordHash: null, isDisabled: false, registeredHash: null };

@Injectable()
export class VerifyCredentials {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidCredentials, EmailNotVerified, AccountDisabled, PasswordChecksBusy */
  async execute(email: string, password: string): Promise<VerifiedCredentials> {
    const credentials = (await this.credentials.findByEmail(email, this.clock.now())) ?? NOBODY;
    const { userId, isDisabled, passwordHash, registeredHash } = credentials;
    const match = await this.hasher.compare(password, passwordHash);

    if (match === 'wrong' || userId === null || passwordHash === null) throw await this.refusal(password, credentials);
    // Only who knows the password learns more than that it was wrong.
    if (isDisabled) throw new AccountDisabled(undefined, { auditSubjectId: userId });

    const verified = { userId, isDisabled, passwordHash, registeredHash };
    return match === 'outdated' ? this.renewed(verified, password) : verified;
  }

  /**
   * Those who registered with this password hear that the address is not verified, also when it has an account of somebody else:
   * otherwise registering and then signing in would tell which addresses have one. Checked also when nobody registered, for the time.
   */
  private async refusal(password: string, { userId, registeredHash }: Credentials): Promise<Error> {
    const match = await this.hasher.compare(password, registeredHash);
    return match === 'wrong' ? new InvalidCredentials(undefined, { auditSubjectId: userId }) : new EmailNotVerified();
  }

  /** The only moment at which a stored password can get a stronger hash is when its owner shows it. */
  private async renewed(credentials: VerifiedCredentials, password: string): Promise<VerifiedCredentials> {
    try {
      const passwordHash = await this.hasher.hash(password);
      return (await this.credentials.renewHash(credentials, passwordHash))
        ? { ...credentials, passwordHash }
        : credentials;
    } catch (error) {
      // The next sign-in will do.
      if (error instanceof PasswordChecksBusy) return credentials;
      throw error;
    }
  }
}
