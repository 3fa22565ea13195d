import { newId } from '../kernel/ids.js';

const USER_AGENT_LENGTH = 256;

/** Where a session was begun, for its owner to recognise it. */
export type SessionClient = Readonly<{ userAgent: string | null; ipAddress: string | null }>;

export type Session = SessionClient &
  Readonly<{
    id: string;
    userId: string;
    /** Which refresh token is the current one: each carries its number. */
    counter: number;
    createdAt: Date;
    /** When the current refresh token was issued. */
    rotatedAt: Date;
    /** The end that no refresh moves. */
    expiresAt: Date;
    endedAt: Date | null;
  }>;

export function newSession(userId: string, { userAgent, ipAddress }: SessionClient, now: Date, expiresAt: Date): Session {
  const client = { userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null, ipAddress };
  return { ...client, id: newId(), userId, counter: 0, createdAt: now, rotatedAt: now, expiresAt, endedAt: null };
}
