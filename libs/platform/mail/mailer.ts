export type Mail = Readonly<{
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Stable over retries, such as the id of the job: whoever receives the mail twice can tell that it is the same. */
  messageId: string;
}>;

/** Only jobs send mail: a slow or dead mail server must fail no request, and a job is tried again. */
export abstract class Mailer {
  /** Resolves once the mail server has taken responsibility for the mail. */
  abstract send(mail: Mail): Promise<void>;
}
