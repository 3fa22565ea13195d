import type { AccountMailer } from '../application/account-mailer.js';

export class RecordedAccountMailer implements AccountMailer {
  readonly sent: object[] = [];

  async sendVerification(email: string, registrationId: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'verification', email, registrationId, messageId });
  }

  async sendAlreadyRegistered(email: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'already registered', email, messageId });
  }

  async sendPasswordReset(email: string, resetId: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'password reset', email, resetId, messageId });
  }

  async sendPasswordChanged(email: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'password changed', email, messageId });
  }
}
