import { Injectable } from '@nestjs/common';
import type { SessionClient, SessionTokens, UserSessions } from '../../kernel/access/user-sessions.js';
import { RefreshTokenInvalid, RefreshTokenReused } from '../auth.errors.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { newSession, type Session } from './session.js';
import { SessionLifetimes } from './session-lifetimes.js';
import { SessionStore } from './session-store.js';

/** A sign-in, from its beginning to its end. However a user proved who they are, they end up with one of these. */
@Injectable()
export class Sessions implements UserSessions {
  constructor(
    private readonly store: SessionStore,
    private readonly lifetimes: SessionLifetimes,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  async begin(userId: string, client: SessionClient): Promise<SessionTokens> {
    const session = newSession(userId, client, this.lifetimes.now(), this.lifetimes.lastEnd());
    // The access token is signed while Postgres writes.
    const [, tokens] = await Promise.all([this.store.add(session), this.tokensOf(session)]);
    return tokens;
  }

  /**
   * The current refresh token is replaced by its successor. The one before it answers with the same successor for a short time,
   * so that two tabs or a lost answer log nobody out. Anything older was stolen or replayed, and ends the session.
   * Never call it inside a transaction: the end of a session must outlive the error that reports it.
   * @throws RefreshTokenInvalid, RefreshTokenReused
   */
  async refresh(refreshToken: string): Promise<SessionTokens> {
    const token = this.refreshTokens.verify(refreshToken);
    if (token === null) throw new RefreshTokenInvalid();

    const rotated = await this.store.rotate(token.id, token.counter);
    return this.tokensOf(rotated ?? (await this.requireJustReplaced(token.id, token.counter)));
  }

  confirm(userId: string, sessionId: string): Promise<void> {
    return this.store.confirm(userId, sessionId);
  }

  end(sessionId: string): Promise<boolean> {
    return this.store.end(sessionId);
  }

  /** False when there is no such open session of this user. */
  endOwn(userId: string, sessionId: string): Promise<boolean> {
    return this.store.endOwn(userId, sessionId);
  }

  endAll(userId: string, exceptSessionId: string | null = null): Promise<void> {
    return this.store.endAll(userId, exceptSessionId);
  }

  async findOwn(userId: string, sessionId: string): Promise<Session | null> {
    const session = await this.store.find(sessionId);
    return session?.userId === userId && this.lifetimes.isOpen(session) ? session : null;
  }

  /** The open sessions of a user, the newest first: a hundred at most. */
  list(userId: string): Promise<Session[]> {
    return this.store.listOpen(userId);
  }

  private async requireJustReplaced(sessionId: string, counter: number): Promise<Session> {
    const session = await this.store.find(sessionId);
    if (session === null || counter >= session.counter) throw new RefreshTokenInvalid();

    if (counter < session.counter - 1 || !this.lifetimes.isJustRotated(session)) {
      await this.store.end(sessionId);
      throw new RefreshTokenReused(undefined, { auditSubjectId: sessionId });
    }
    if (!this.lifetimes.isOpen(session)) throw new RefreshTokenInvalid();
    return session;
  }

  private async tokensOf(session: Session): Promise<SessionTokens> {
    const { id, userId, counter, expiresAt } = session;
    const { token, expiresIn } = await this.accessTokens.issue({ userId, sessionId: id, notAfter: expiresAt });
    return {
      accessToken: token,
      expiresIn,
      refreshToken: this.refreshTokens.issue(id, counter),
      refreshExpiresIn: this.lifetimes.refreshExpiresIn(session),
      sessionId: id,
    };
  }
}
