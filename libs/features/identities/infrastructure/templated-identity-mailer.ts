import { Injectable } from '@nestjs/common';
import type { Recipient } from '#features/accounts/index.js';
import { Config } from '#platform/config/config.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { IdentityMailer } from '../application/identity-mailer.js';
import { linked, unlinked } from './identity-mails.js';
import { speaksFor } from './provider/issuers.js';

@Injectable()
export class TemplatedIdentityMailer implements IdentityMailer {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  async sendLinked(to: Recipient, issuer: string, messageId: string): Promise<void> {
    await this.mailer.send({ to: to.email, messageId, ...linked.render({ provider: this.nameOf(issuer) }, to.locale) });
  }

  async sendUnlinked(to: Recipient, issuer: string, messageId: string): Promise<void> {
    await this.mailer.send({
      to: to.email,
      messageId,
      ...unlinked.render({ provider: this.nameOf(issuer) }, to.locale),
    });
  }

  /** As people know the provider; its address when it is no longer one of ours. */
  private nameOf(issuer: string): string {
    return this.config.OIDC_PROVIDERS.find((provider) => speaksFor(provider, issuer))?.name ?? issuer;
  }
}
