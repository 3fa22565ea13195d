/** Where a session was begun, for its owner to recognise it. */
export type SessionClient = Readonly<{ userAgent: string | null; ipAddress: string | null }>;

/** What a client is given when it signs in, and again at every refresh. Times are in seconds. */
export type SessionTokens = Readonly<{
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  refreshExpiresIn: number;
  sessionId: string;
}>;

/** A session that has not ended. */
export type OpenSession = SessionClient &
  Readonly<{
    id: string;
    createdAt: Date;
    /** When it was last refreshed. */
    rotatedAt: Date;
    /** The end that no refresh moves. */
    expiresAt: Date;
  }>;

/** The sessions of users, wherever they signed in. Whatever begins or ends here joins the caller's transaction. */
export abstract class UserSessions {
  abstract begin(userId: string, client: SessionClient): Promise<SessionTokens>;

  /** Its user has just proved again who they are. */
  abstract confirm(userId: string, sessionId: string): Promise<void>;

  /** The newest first: a hundred at most. */
  abstract list(userId: string): Promise<OpenSession[]>;

  /** Null when there is no such open session of this user. */
  abstract findOwn(userId: string, sessionId: string): Promise<OpenSession | null>;

  /** False when there is no such open session of this user. */
  abstract endOwn(userId: string, sessionId: string): Promise<boolean>;

  /** Their access tokens are refused everywhere within a second. */
  abstract endAll(userId: string, exceptSessionId?: string | null): Promise<void>;
}
