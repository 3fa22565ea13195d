import type { Recipient } from '#features/accounts/index.js';

/** Mails about the ways to sign in to an account. `messageId` stays the same when a mail has to be sent again. */
export abstract class IdentityMailer {
  /** So that an owner who did not do it learns of it. */
  abstract sendLinked(to: Recipient, issuer: string, messageId: string): Promise<void>;

  abstract sendUnlinked(to: Recipient, issuer: string, messageId: string): Promise<void>;
}
