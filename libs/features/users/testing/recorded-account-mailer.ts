import type { AccountMailer } from '../application/account-mailer.js';

export class RecordedAccountMailer implements AccountMailer {
  readonly sent: object[] = [];

  async sendVerification(email: string, registrationId: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'verification', email, registrationId, messageId });
  }

  async sendAlreadyRegistered(email: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'already registered', email, messageId });
  }
}
