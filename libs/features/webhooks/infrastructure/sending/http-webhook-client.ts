import { Injectable } from '@nestjs/common';
import { webhookHeaders } from '#platform/http/webhooks/webhook-signature.js';
import { OutboundFailure } from '#platform/outbound/outbound-failure.js';
import { retryAfterMs } from '#platform/outbound/retries.js';
import type { Answered, Outgoing, WebhookClient } from '../../application/sending/webhook-client.js';
import { Receivers } from '../receivers.js';
import { answerBeginning } from './answer-beginning.js';

const UNSIGNED: Answered = { durationMs: 0, status: null, failure: 'secret-unreadable', answer: '', retryAfterMs: 0 };

@Injectable()
export class HttpWebhookClient implements WebhookClient {
  constructor(private readonly receivers: Receivers) {}

  async send({ url, messageId, body, at, secrets }: Outgoing, signal: AbortSignal): Promise<Answered> {
    if (secrets.length === 0) return UNSIGNED;

    const startedAt = performance.now();
    const duration = () => Math.round(performance.now() - startedAt);
    const signed = webhookHeaders({ id: messageId, body }, at, secrets);
    try {
      const headers = { 'content-type': 'application/json', ...signed };
      const answer = await this.receivers.post(url, { headers, body, signal });
      return {
        durationMs: duration(),
        status: answer.status,
        failure: null,
        answer: answerBeginning(await answer.text()),
        retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), Date.now()),
      };
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      return { durationMs: duration(), status: null, failure: error.reason, answer: '', retryAfterMs: 0 };
    }
  }
}
