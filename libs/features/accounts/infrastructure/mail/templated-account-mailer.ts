import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { AccountMailer } from '../../application/account-mailer.js';
import type { Addressee } from '../../application/addressee.js';
import { OpaqueEmailTokens } from '../opaque-email-tokens.js';
import { OpaqueResetTokens } from '../opaque-reset-tokens.js';
import * as mails from './account-mails.js';

/** The token stands behind the `#`: browsers send that to no server, so it is in no log and no `Referer`. */
@Injectable()
export class TemplatedAccountMailer implements AccountMailer {
  private readonly webUrl: string;

  constructor(
    private readonly mailer: Mailer,
    private readonly emailTokens: OpaqueEmailTokens,
    private readonly resetTokens: OpaqueResetTokens,
    config: Config,
  ) {
    this.webUrl = config.WEB_URL ?? config.PUBLIC_URL;
  }

  async sendVerification(to: Addressee, registrationId: string, messageId: string): Promise<void> {
    const token = this.emailTokens.issue(registrationId);
    await this.mailer.send({
      to: to.email,
      messageId,
      ...mails.verification.render({ link: `${this.webUrl}/verify-email#token=${token}`, token }, to.locale),
    });
  }

  async sendAlreadyRegistered(to: Addressee, messageId: string): Promise<void> {
    await this.mailer.send({ to: to.email, messageId, ...mails.alreadyRegistered.render({}, to.locale) });
  }

  async sendPasswordReset(to: Addressee, resetId: string, messageId: string): Promise<void> {
    const token = this.resetTokens.issue(resetId);
    await this.mailer.send({
      to: to.email,
      messageId,
      ...mails.passwordReset.render({ link: `${this.webUrl}/reset-password#token=${token}`, token }, to.locale),
    });
  }

  async sendPasswordChanged(to: Addressee, messageId: string): Promise<void> {
    await this.mailer.send({ to: to.email, messageId, ...mails.passwordChanged.render({}, to.locale) });
  }
}
