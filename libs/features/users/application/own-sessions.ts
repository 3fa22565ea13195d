export type OwnSession = Readonly<{
  id: string;
  createdAt: Date;
  /** When it was last refreshed. */
  rotatedAt: Date;
  expiresAt: Date;
  userAgent: string | null;
  ipAddress: string | null;
}>;

/** The open sessions of a user, wherever they signed in. Ending one joins the caller's transaction. */
export abstract class OwnSessions {
  /** The newest first. */
  abstract list(userId: string): Promise<OwnSession[]>;

  /** False when there is no such open session of this user. */
  abstract endOwn(userId: string, sessionId: string): Promise<boolean>;

  abstract endAll(userId: string, exceptSessionId: string | null): Promise<void>;
}
