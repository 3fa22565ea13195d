import { Injectable } from '@nestjs/common';
import { webhookHeaders } from '#platform/http/webhooks/webhook-signature.js';
import { OutboundFailure } from '#platform/outbound/outbound-failure.js';
import { retryAfterMs } from '#platform/outbound/retries.js';
import type { Round, Taken } from '../../application/sending/due-deliveries.js';
import type { Answered, WebhookClient } from '../../application/sending/webhook-client.js';
import { Receivers } from '../receivers.js';
import { answerBeginning } from './answer-beginning.js';

/** By then a receiver has taken the event, or has failed. Half of the lease. */
const PATIENCE_MS = 15_000;
const UNANSWERED = { status: null, answer: '', retryAfterMs: 0 };

@Injectable()
export class HttpWebhookClient implements WebhookClient {
  constructor(private readonly receivers: Receivers) {}

  async send(round: Round, at: Date, stopping: AbortSignal): Promise<readonly (Answered | null)[]> {
    if (round.secrets.length === 0)
      return round.deliveries.map(() => ({ ...UNANSWERED, durationMs: 0, failure: 'secret-unreadable' }));

    // One for all, as they begin together: a signal and a timer for each costs a tenth of the call.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new OutboundFailure('timeout', 'the receiver')), PATIENCE_MS);
    const signal = AbortSignal.any([stopping, patience.signal]);
    const answers = await Promise.all(
      round.deliveries.map((taken) => this.sendOne(round, taken, at, signal).catch(nullWhen(stopping))),
    );
    clearTimeout(timer);
    return answers;
  }

  private async sendOne({ url, secrets }: Round, taken: Taken, at: Date, signal: AbortSignal): Promise<Answered> {
    const startedAt = performance.now();
    const duration = () => Math.round(performance.now() - startedAt);
    const signed = webhookHeaders({ id: taken.messageId, body: taken.body }, at, secrets);
    const headers = { 'content-type': 'application/json', ...signed };
    try {
      const { status, header, text } = await this.receivers.post(url, { headers, body: taken.body, signal });
      const wait = retryAfterMs(header('retry-after'), Date.now());
      return { durationMs: duration(), status, failure: null, answer: answerBeginning(text), retryAfterMs: wait };
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      return { ...UNANSWERED, durationMs: duration(), failure: error.reason };
    }
  }
}

/** The worker stops: what became of the call, nobody knows. */
const nullWhen =
  (stopping: AbortSignal) =>
  (error: unknown): null => {
    if (stopping.aborted) return null;
    throw error;
  };
