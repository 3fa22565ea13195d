import { Injectable } from '@nestjs/common';
import { Mailer } from '#platform/mail/mailer.js';
import type { WebhookMailer } from '../application/webhook-mailer.js';
import type { DisabledReason, Endpoint } from '../domain/endpoint.js';
import { endpointDisabled } from './webhook-mails.js';

@Injectable()
export class TemplatedWebhookMailer implements WebhookMailer {
  constructor(private readonly mailer: Mailer) {}

  async sendDisabled(to: string, { url }: Endpoint, reason: DisabledReason, messageId: string): Promise<void> {
    await this.mailer.send({ to, messageId, ...endpointDisabled.render({ place: withoutSecrets(url), reason }) });
  }
}

/** Paths and queries of webhooks often are all that proves who sends. */
const withoutSecrets = (url: string): string => new URL(url).origin;
