/** Mails about the ways to sign in to an account. `messageId` stays the same when a mail has to be sent again. */
export abstract class IdentityMailer {
  /** So that an owner who did not do it learns of it. */
  abstract sendLinked(email: string, issuer: string, messageId: string): Promise<void>;

  abstract sendUnlinked(email: string, issuer: string, messageId: string): Promise<void>;
}
