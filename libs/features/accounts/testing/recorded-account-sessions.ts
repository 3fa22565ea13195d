import { RefreshTokenInvalid, RefreshTokenReused } from '#platform/auth/auth.errors.js';
import type { SessionTokens } from '#platform/kernel/access/user-sessions.js';
import { RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';

/** Sessions as routes need them, too. A session begins with the refresh token `first`; `replayed` was used before. */
export class RecordedAccountSessions extends RecordedSessions {
  override readonly tokens: SessionTokens = {
    accessToken: 'a.b.c',
    expiresIn: 600,
    refreshToken: 'first',
    refreshExpiresIn: 1_000,
    sessionId: '0190a1b2-0000-7000-8000-000000000002',
  };
  readonly signedOut: string[] = [];

  async refresh(refreshToken: string): Promise<SessionTokens> {
    if (refreshToken === 'first') return { ...this.tokens, refreshToken: 'second' };
    throw refreshToken === 'replayed' ? new RefreshTokenReused() : new RefreshTokenInvalid();
  }

  async end(sessionId: string): Promise<void> {
    this.signedOut.push(sessionId);
  }
}
