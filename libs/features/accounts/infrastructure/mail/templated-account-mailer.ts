import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { AccountMailer } from '../../application/account-mailer.js';
import { OpaqueEmailTokens } from '../opaque-email-tokens.js';
import { OpaqueResetTokens } from '../opaque-reset-tokens.js';
import * as texts from './account-mail-texts.js';

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

  async sendVerification(email: string, registrationId: string, messageId: string): Promise<void> {
    const token = this.emailTokens.issue(registrationId);
    await this.mailer.send({
      to: email,
      messageId,
      ...texts.verification(`${this.webUrl}/verify-email#token=${token}`, token),
    });
  }

  async sendAlreadyRegistered(email: string, messageId: string): Promise<void> {
    await this.mailer.send({ to: email, messageId, ...texts.alreadyRegistered });
  }

  async sendPasswordReset(email: string, resetId: string, messageId: string): Promise<void> {
    const token = this.resetTokens.issue(resetId);
    await this.mailer.send({
      to: email,
      messageId,
      ...texts.passwordReset(`${this.webUrl}/reset-password#token=${token}`, token),
    });
  }

  async sendPasswordChanged(email: string, messageId: string): Promise<void> {
    await this.mailer.send({ to: email, messageId, ...texts.passwordChanged });
  }
}
