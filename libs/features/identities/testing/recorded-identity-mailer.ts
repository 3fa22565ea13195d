import type { IdentityMailer } from '../application/identity-mailer.js';

export class RecordedIdentityMailer implements IdentityMailer {
  readonly sent: object[] = [];

  async sendLinked(email: string, issuer: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'linked', email, issuer, messageId });
  }

  async sendUnlinked(email: string, issuer: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'unlinked', email, issuer, messageId });
  }
}
