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
