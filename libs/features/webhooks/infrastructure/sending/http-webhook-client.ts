import { Injectable } from '@nestjs/common';
import { OutboundFailure } from '#platform/outbound/outbound-failure.js';
import { retryAfterMs } from '#platform/outbound/retries.js';
import type { Answered, Outgoing, WebhookClient } from '../../application/sending/webhook-client.js';
import { Receivers } from '../receivers.js';
import { answerBeginning } from './answer-beginning.js';

@Injectable()
export class HttpWebhookClient implements WebhookClient {
  constructor(private readonly receivers: Receivers) {}

  async send({ url, headers, body }: Outgoing, signal: AbortSignal): Promise<Answered> {
    const startedAt = performance.now();
    const duration = () => Math.round(performance.now() - startedAt);
    try {
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
