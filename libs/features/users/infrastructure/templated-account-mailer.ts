import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { AccountMailer } from '../application/account-mailer.js';
import { SealedEmailTokens } from './sealed-email-tokens.js';

@Injectable()
export class TemplatedAccountMailer implements AccountMailer {
  private readonly webUrl: string;

  constructor(
    private readonly mailer: Mailer,
    private readonly emailTokens: SealedEmailTokens,
    config: Config,
  ) {
    this.webUrl = config.WEB_URL ?? config.PUBLIC_URL;
  }

  async sendVerification(email: string, registrationId: string, messageId: string): Promise<void> {
    const token = this.emailTokens.seal(registrationId);
    const link = `${this.webUrl}/verify-email?token=${token}`;
    await this.mailer.send({
      to: email,
      messageId,
      subject: 'Confirm your e-mail address',
      text: verificationText(link, token),
      html: verificationHtml(link, token),
    });
  }

  async sendAlreadyRegistered(email: string, messageId: string): Promise<void> {
    const subject = 'You already have an account';
    await this.mailer.send({ to: email, messageId, subject, text: alreadyRegisteredText, html: alreadyRegisteredHtml });
  }
}

/** The token stands on a line of its own for those who call the API by hand. */
const verificationText = (link: string, token: string) => `Somebody asked for an account with this e-mail address.

If that was you, open this link:

${link}

or send this token to POST /v1/auth/email/verify:

${token}

If it was not you, do nothing: without the link there is no account.
`;

/** Link and token are base64url and our own address: nothing in them needs escaping. */
const verificationHtml = (link: string, token: string) => `<p>Somebody asked for an account with this e-mail address.</p>
<p>If that was you: <a href="${link}">confirm your address</a>.</p>
<p>Or send this token to <code>POST /v1/auth/email/verify</code>:<br><code>${token}</code></p>
<p>If it was not you, do nothing: without the link there is no account.</p>
`;

const alreadyRegisteredText = `Somebody, probably you, tried to register with this e-mail address. It already has an account.

Sign in with the password you have. If you do not remember it, ask for a new one where you sign in.
If it was not you, do nothing: nobody learned that you have an account.
`;

const alreadyRegisteredHtml = `<p>Somebody, probably you, tried to register with this e-mail address. It already has an account.</p>
<p>Sign in with the password you have. If you do not remember it, ask for a new one where you sign in.</p>
<p>If it was not you, do nothing: nobody learned that you have an account.</p>
`;
