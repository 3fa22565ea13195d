import type { Recipient } from '#features/accounts/index.js';
import type { IdentityMailer } from '../application/identity-mailer.js';

export class RecordedIdentityMailer implements IdentityMailer {
  readonly sent: object[] = [];

  async sendLinked(to: Recipient, issuer: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'linked', email: to.email, locale: to.locale ?? undefined, issuer, messageId });
  }

  async sendUnlinked(to: Recipient, issuer: string, messageId: string): Promise<void> {
    this.sent.push({ mail: 'unlinked', email: to.email, locale: to.locale ?? undefined, issuer, messageId });
  }
}
