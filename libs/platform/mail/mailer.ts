/** What a mail says, once for each kind of reader. */
export type MailText = Readonly<{ subject: string; text: string; html: string }>;

export type Mail = MailText &
  Readonly<{
    to: string;
    /** Stable over retries, such as the id of the job: a mailbox that receives the mail twice can tell that it is the same. */
    messageId: string;
    /**
     * For mails that people may do without, such as news: where a POST without any further question ends them (RFC 8058).
     * Mails that an account cannot do without have none.
     */
    unsubscribeUrl?: string;
  }>;

/** Only jobs send mail: a slow or dead mail server must fail no request, and a job is tried again. */
export abstract class Mailer {
  /** Resolves once the mail server has taken responsibility for the mail. */
  abstract send(mail: Mail): Promise<void>;
}
