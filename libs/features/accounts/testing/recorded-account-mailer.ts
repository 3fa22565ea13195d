import type { AccountMailer } from '../application/account-mailer.js';
import type { Addressee } from '../application/addressee.js';

export class RecordedAccountMailer implements AccountMailer {
  readonly sent: object[] = [];

  async sendVerification(to: Addressee, registrationId: string, messageId: string): Promise<void> {
    this.sent.push({
      mail: 'verification',
      email: to.email,
      locale: to.locale ?? undefined,
      registrationId,
      messageId,
    });
  }

  async sendAlreadyRegistered(to: Addressee, messageId: string): Promise<void> {
    this.sent.push({ mail: 'already registered', email: to.email, locale: to.locale ?? undefined, messageId });
  }

  async sendPasswordReset(to: Addressee, resetId: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'password reset', email: to.email, locale: to.locale ?? undefined, resetId, messageId });
  }

  async sendPasswordChanged(to: Addressee, messageId: string): Promise<void> {
    this.sent.push({ mail: 'password changed', email: to.email, locale: to.locale ?? undefined, messageId });
  }
}
