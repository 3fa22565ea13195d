/** From where somebody signs in, for the list of sessions. */
export type SessionClient = Readonly<{ userAgent: string | null; ipAddress: string | null }>;

/** Times are in seconds. */
export type SessionTokens = Readonly<{
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  refreshExpiresIn: number;
  sessionId: string;
}>;

export abstract class UserSessions {
  /** Joins the caller's transaction. */
  abstract begin(userId: string, client: SessionClient): Promise<SessionTokens>;
}
