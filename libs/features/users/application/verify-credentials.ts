import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { AccountDisabled, EmailNotVerified, InvalidCredentials, PasswordChecksBusy } from '../domain/user.errors.js';
import { type Credentials, CredentialsRepository, type VerifiedCredentials } from './credentials.repository.js';
import { PasswordHasher } from './password-hasher.js';

const NOBODY: Credentials = { userId: null, passwordHash: null, isDisabled: false };

@Injectable()
export class VerifyCredentials {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidCredentials, EmailNotVerified, AccountDisabled, PasswordChecksBusy */
  async execute(email: string, password: string): Promise<VerifiedCredentials> {
    const { userId, isDisabled, passwordHash } = (await this.credentials.findByEmail(email, this.clock.now())) ?? NOBODY;
    const isRight = await this.hasher.isRight(password, passwordHash);

    // Only who knows the password learns more than that it was wrong.
    if (passwordHash === null || !isRight) throw new InvalidCredentials(undefined, { auditSubjectId: userId });
    if (userId === null) throw new EmailNotVerified();
    if (isDisabled) throw new AccountDisabled(undefined, { auditSubjectId: userId });

    const verified = { userId, isDisabled, passwordHash };
    return this.hasher.isOutdated(passwordHash) ? this.renewed(verified, password) : verified;
  }

  /** The only moment at which a stored password can get a stronger hash is when its owner shows it. */
  private async renewed(credentials: VerifiedCredentials, password: string): Promise<VerifiedCredentials> {
    try {
      const passwordHash = await this.hasher.hash(password);
      return (await this.credentials.renewHash(credentials, passwordHash)) ? { ...credentials, passwordHash } : credentials;
    } catch (error) {
      // The next sign-in will do.
      if (error instanceof PasswordChecksBusy) return credentials;
      throw error;
    }
  }
}
