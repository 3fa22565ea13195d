import type { OpenSession, SessionClient } from '../../kernel/access/user-sessions.js';
import { newId } from '../../kernel/values/ids.js';

const USER_AGENT_LENGTH = 256;

export type Session = OpenSession &
  Readonly<{
    userId: string;
    /** Which refresh token is the current one: each carries its number. */
    counter: number;
    endedAt: Date | null;
    /** When its user last proved again who they are. */
    reauthenticatedAt: Date | null;
  }>;

export function newSession(
  userId: string,
  { userAgent, ipAddress }: SessionClient,
  now: Date,
  expiresAt: Date,
): Session {
  const client = { userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null, ipAddress };
  return {
    ...client,
    id: newId(),
    userId,
    counter: 0,
    createdAt: now,
    rotatedAt: now,
    expiresAt,
    endedAt: null,
    reauthenticatedAt: null,
  };
}
