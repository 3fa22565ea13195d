import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Mails } from './mails.ts';

const LARGEST_MAIL = 10 * 1024 * 1024;

/** Takes every mail from this machine, to every address, and delivers it nowhere. */
export function smtpServer(mails: Mails): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    // Without a certificate there is nothing to upgrade to, and nodemailer would try.
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: LARGEST_MAIL,
    closeTimeout: 500,
    onData(stream, { envelope }, done) {
      const recipients = envelope.rcptTo.map(({ address }) => address);
      receive(stream)
        .then((source) => mails.add(source, recipients))
        .then(() => done(), done);
    },
  });
}

async function receive(stream: Readable & { sizeExceeded: boolean }): Promise<Buffer> {
  const source = await buffer(stream);
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too large'), { responseCode: 552 });
  return source;
}
