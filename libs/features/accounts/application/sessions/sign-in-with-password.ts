import { Injectable } from '@nestjs/common';
import { type SessionClient, type SessionTokens, UserSessions } from '#platform/kernel/access/user-sessions.js';
import { CredentialsChanged, CredentialsRepository } from '../passwords/credentials.repository.js';
import { SignInThrottle } from '../passwords/sign-in-throttle.js';
import { VerifyCredentials } from '../passwords/verify-credentials.js';

export type SignInWithPasswordInput = Readonly<{ email: string; password: string }>;

@Injectable()
export class SignInWithPassword {
  constructor(
    private readonly throttle: SignInThrottle,
    private readonly verifyCredentials: VerifyCredentials,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: UserSessions,
  ) {}

  async execute(input: SignInWithPasswordInput, client: SessionClient): Promise<SessionTokens> {
    await this.throttle.begin(input.email, client.ipAddress);
    return this.begin(input, client).catch((error: unknown) => {
      // Perhaps another sign-in has stored a stronger hash of the same password. If the password itself was changed, the second try refuses it.
      if (error instanceof CredentialsChanged) return this.begin(input, client);
      throw error;
    });
  }

  private async begin({ email, password }: SignInWithPasswordInput, client: SessionClient): Promise<SessionTokens> {
    const verified = await this.verifyCredentials.execute(email, password);
    // At the same time: that the password was right stays true even if no session begins.
    const [tokens] = await Promise.all([
      this.credentials.whileUnchanged(verified, () => this.sessions.begin(verified.userId, client)),
      this.throttle.succeeded(email, client.ipAddress),
    ]);
    return tokens;
  }
}
