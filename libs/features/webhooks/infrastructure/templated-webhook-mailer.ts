import { Injectable } from '@nestjs/common';
import type { Recipient } from '#features/accounts/index.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { WebhookMailer } from '../application/webhook-mailer.js';
import type { DisabledReason, Endpoint } from '../domain/endpoint.js';
import { endpointDisabled } from './webhook-mails.js';

@Injectable()
export class TemplatedWebhookMailer implements WebhookMailer {
  constructor(private readonly mailer: Mailer) {}

  async sendDisabled(to: Recipient, { url }: Endpoint, reason: DisabledReason, messageId: string): Promise<void> {
    const text = endpointDisabled.render({ place: withoutSecrets(url), reason }, to.locale);
    await this.mailer.send({ to: to.email, messageId, ...text });
  }
}

/** Paths and queries of webhooks often are all that proves who sends. */
const withoutSecrets = (url: string): string => new URL(url).origin;
