import type { Mail, Mailer } from '#platform/mail/mailer.js';

/** Remembers mails instead of sending them. */
export class RecordedMailer implements Mailer {
  readonly sent: Mail[] = [];

  async send(mail: Mail): Promise<void> {
    this.sent.push(mail);
  }
}
