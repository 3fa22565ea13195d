import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';

export type Mail = Readonly<{
  id: string;
  messageId: string;
  from: string;
  /** Recipients of the envelope, separated by commas: blind copies stand nowhere else. */
  to: string;
  subject: string;
  text: string;
  html: string;
  receivedAt: string;
}>;

/** The latest mails, newest first. In memory: a mail of yesterday's run helps nobody. */
export class Mails {
  readonly #limit: number;
  #mails: readonly Mail[] = [];

  constructor(limit = 500) {
    this.#limit = limit;
  }

  async add(source: Buffer, recipients: readonly string[]): Promise<void> {
    const { messageId = '', from, subject = '', text = '', html = '' } = await PostalMime.parse(source);
    const addresses = { from: from?.address ?? '', to: recipients.join(', ') };
    const content = { subject, text: text.trim(), html: html.trim() };
    const mail = { id: randomUUID(), messageId, ...addresses, ...content, receivedAt: new Date().toISOString() };
    this.#mails = [mail, ...this.#mails].slice(0, this.#limit);
  }

  list(): readonly Mail[] {
    return this.#mails;
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }
}
