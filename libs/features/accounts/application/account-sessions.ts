export abstract class AccountSessions {
  /** Their access tokens are refused everywhere within a second. Joins the caller's transaction. */
  abstract endAll(userId: string): Promise<void>;
}
