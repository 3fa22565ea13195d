import type { OpenSession, SessionClient, SessionTokens, UserSessions } from '../../kernel/access/user-sessions.js';
import { newId } from '../../kernel/values/ids.js';

const AT = new Date('2030-01-01T12:00:00.000Z');

/** Override only what the test is about. */
export function anOpenSession(overrides: Partial<OpenSession> = {}): OpenSession {
  return {
    id: newId(),
    createdAt: AT,
    rotatedAt: AT,
    expiresAt: AT,
    userAgent: null,
    ipAddress: null,
    ...overrides,
  };
}

/** Remembers what was begun and ended. `open` is what every user is shown. */
export class RecordedSessions implements UserSessions {
  readonly tokens: SessionTokens = {
    accessToken: 'a',
    expiresIn: 1,
    refreshToken: 'r',
    refreshExpiresIn: 1,
    sessionId: 's',
  };
  readonly begun: [userId: string, client: SessionClient][] = [];
  readonly ended: [userId: string, exceptSessionId: string | null][] = [];
  readonly confirmed: [userId: string, sessionId: string][] = [];
  open: OpenSession[] = [];

  async begin(userId: string, client: SessionClient): Promise<SessionTokens> {
    this.begun.push([userId, client]);
    return this.tokens;
  }

  async confirm(userId: string, sessionId: string): Promise<void> {
    this.confirmed.push([userId, sessionId]);
  }

  async findOwn(_userId: string, sessionId: string): Promise<OpenSession | null> {
    return this.open.find(({ id }) => id === sessionId) ?? null;
  }

  async list(): Promise<OpenSession[]> {
    return this.open;
  }

  async endOwn(userId: string, sessionId: string): Promise<boolean> {
    if (!this.open.some(({ id }) => id === sessionId)) return false;
    this.ended.push([userId, sessionId]);
    return true;
  }

  async endAll(userId: string, exceptSessionId: string | null = null): Promise<void> {
    this.ended.push([userId, exceptSessionId]);
  }
}
