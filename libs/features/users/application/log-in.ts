import { Injectable } from '@nestjs/common';
import { type SessionClient, type SessionTokens, UserSessions } from '#platform/kernel/user-sessions.js';
import { CredentialsChanged, CredentialsRepository } from './credentials.repository.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { VerifyCredentials } from './verify-credentials.js';

export type LogInInput = Readonly<{ email: string; password: string }>;

@Injectable()
export class LogIn {
  constructor(
    private readonly throttle: SignInThrottle,
    private readonly verifyCredentials: VerifyCredentials,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: UserSessions,
  ) {}

  async execute(input: LogInInput, client: SessionClient): Promise<SessionTokens> {
    await this.throttle.begin(input.email, client.ipAddress);
    return this.begin(input, client).catch((error: unknown) => {
      // Another sign-in may have stored a stronger hash of the same password meanwhile. If it is another password, this will tell.
      if (error instanceof CredentialsChanged) return this.begin(input, client);
      throw error;
    });
  }

  private async begin({ email, password }: LogInInput, client: SessionClient): Promise<SessionTokens> {
    const verified = await this.verifyCredentials.execute(email, password);
    // Side by side: the owner has shown the password, whatever becomes of the session.
    const [tokens] = await Promise.all([
      this.credentials.whileUnchanged(verified, () => this.sessions.begin(verified.userId, client)),
      this.throttle.succeeded(email, client.ipAddress),
    ]);
    return tokens;
  }
}
