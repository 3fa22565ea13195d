import { Injectable } from '@nestjs/common';
import { escapeHtml } from '#platform/kernel/values/escape-html.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { WebhookMailer } from '../application/webhook-mailer.js';
import type { DisabledReason, Endpoint } from '../domain/endpoint.js';

const WHY: Readonly<Record<DisabledReason, string>> = {
  owner: 'You have disabled it.',
  gone: 'It answered with 410 Gone, which says that it wants no more.',
  failing: 'Nothing that was sent to it has succeeded for five days.',
};
const NEXT = 'What waits for it is sent once you enable it again; what ended before, you can send again since a time.';

@Injectable()
export class TemplatedWebhookMailer implements WebhookMailer {
  constructor(private readonly mailer: Mailer) {}

  async sendDisabled(to: string, { url }: Endpoint, reason: DisabledReason, messageId: string): Promise<void> {
    const place = withoutSecrets(url);
    await this.mailer.send({
      to,
      messageId,
      subject: 'A webhook endpoint of yours was disabled',
      text: `Nothing is sent to ${place} any more.\n\n${WHY[reason]}\n${NEXT}\n`,
      html: `<p>Nothing is sent to <strong>${escapeHtml(place)}</strong> any more.</p>\n<p>${WHY[reason]} ${NEXT}</p>\n`,
    });
  }
}

/** Paths and queries of webhooks often are all that proves who sends. */
const withoutSecrets = (url: string): string => new URL(url).origin;
