import type { AddressInfo } from 'node:net';
import { type Mail, Mails } from '../../../../tools/local/mailbox/mails.ts';
import { smtpServer } from '../../../../tools/local/mailbox/smtp.ts';
import { eventually } from '../waiting/eventually.js';

const MOST_MAILS = 100_000;

/** The mail server of `npm start`, read from inside. */
export type Mailbox = Readonly<{
  smtpUrl: string;
  all: () => readonly Mail[];
  /** The mail to somebody, once it is there. */
  mailTo: (email: string, subject?: RegExp) => Promise<Mail>;
  stop: () => Promise<void>;
}>;

export async function startMailbox(): Promise<Mailbox> {
  const mails = new Mails(MOST_MAILS);
  const smtp = smtpServer(mails);
  // A worker that is killed hangs up in the middle of a mail.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', () => resolve()));

  return {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    all: () => mails.list(),
    mailTo: (email, subject = /./) =>
      eventually(() => {
        const mail = mails.list().find((candidate) => candidate.to === email && subject.test(candidate.subject));
        if (!mail) throw new Error(`No mail to ${email} about ${subject}`);
        return mail;
      }),
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
