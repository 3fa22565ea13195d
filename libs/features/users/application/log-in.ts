import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { AccountDisabled, EmailNotVerified, InvalidCredentials } from '../domain/user.errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { type SessionClient, type SessionTokens, UserSessions } from './user-sessions.js';

export type LogInInput = Readonly<{ email: string; password: string }>;

@Injectable()
export class LogIn {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: UserSessions,
    private readonly clock: Clock,
  ) {}

  async execute({ email, password }: LogInInput, client: SessionClient): Promise<SessionTokens> {
    const credentials = await this.credentials.findByEmail(email, this.clock.now());
    const isRight = await this.hasher.isRight(password, credentials?.passwordHash ?? null);

    // Only who knows the password learns more than that it was wrong.
    if (credentials === null || !isRight) throw new InvalidCredentials();
    const { userId, isDisabled } = credentials;
    if (userId === null) throw new EmailNotVerified();
    if (isDisabled) throw new AccountDisabled();

    return this.credentials.whileUnchanged(credentials, () => this.sessions.begin(userId, client));
  }
}
