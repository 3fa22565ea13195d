import type { Addressee } from './addressee.js';

/**
 * Mails about an account. Nothing that a stranger typed goes into them but the address itself.
 * `messageId` stays the same when a mail has to be sent again.
 */
export abstract class AccountMailer {
  abstract sendVerification(to: Addressee, registrationId: string, messageId: string): Promise<void>;

  /** To somebody who registers although the address has an account: the answer of the API must not tell, the mailbox may. */
  abstract sendAlreadyRegistered(to: Addressee, messageId: string): Promise<void>;

  abstract sendPasswordReset(to: Addressee, resetId: string, messageId: string): Promise<void>;

  /** So that an owner who did not do it learns of it. */
  abstract sendPasswordChanged(to: Addressee, messageId: string): Promise<void>;
}
