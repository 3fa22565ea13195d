import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { isSuccess } from '../../domain/delivery.js';
import { type DisabledReason, disabledBy } from '../../domain/endpoint.js';
import { waitAfter } from '../../domain/retry-schedule.js';
import { mailDisabled } from '../webhook.jobs.js';
import { DueDeliveries, type Round, type Settled, type Taken } from './due-deliveries.js';
import { type Answered, WebhookClient } from './webhook-client.js';

/** One round of one endpoint: takes what is due, sends all of it at the same time, and writes down what has become of it. */
@Injectable()
export class SendDueDeliveries {
  constructor(
    private readonly due: DueDeliveries,
    private readonly client: WebhookClient,
    private readonly transaction: Transaction,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @returns whether more shall be sent at once: one that fails is left alone for a moment @throws the reason of the signal */
  async execute(endpointId: string, signal: AbortSignal): Promise<boolean> {
    const round = await this.due.take(endpointId);
    if (round === null) return false;

    const at = this.clock.now();
    const answers = await this.client.send(round, at, signal);
    const settled = round.deliveries.flatMap((taken, index) => {
      const answer = answers[index];
      return answer ? [outcomeOf(taken, answer, at)] : [];
    });
    if (settled.length > 0) await this.settle(endpointId, round, settled);
    signal.throwIfAborted();
    return settled.some(({ attempt }) => isSuccess(attempt));
  }

  private async settle(endpointId: string, { failingSince }: Round, settled: readonly Settled[]): Promise<void> {
    const now = this.clock.now();
    const hasSucceeded = settled.some(({ attempt }) => isSuccess(attempt));
    const reason = whyDisabled(settled, hasSucceeded, failingSince, now);
    const hasChanged = hasSucceeded === (failingSince !== null);
    if (!hasChanged && reason === null) return this.due.settle(settled);

    await this.transaction.run(async () => {
      await this.due.settle(settled);
      if (hasChanged) await this.due.setFailing(endpointId, hasSucceeded ? null : now);
      if (reason) await this.disable(endpointId, reason);
    });
  }

  private async disable(endpointId: string, reason: DisabledReason): Promise<void> {
    if (!(await this.due.disable(endpointId, reason))) return;
    await this.jobs.enqueue(mailDisabled, { endpointId, reason });
    await this.audit.record({ type: 'webhook-endpoint.disabled', subjectId: endpointId, details: { reason } });
  }
}

function outcomeOf(taken: Taken, { retryAfterMs, ...answer }: Answered, at: Date): Settled {
  const attempt = { at, ...answer };
  if (isSuccess(attempt)) return { taken, attempt, next: 'delivered' };
  return { taken, attempt, next: waitAfter(taken.attempts + 1, retryAfterMs) ?? 'failed' };
}

/** One that says it is gone means it, whatever else it has answered. */
function whyDisabled(settled: readonly Settled[], hasSucceeded: boolean, failingSince: Date | null, now: Date) {
  const reasons = settled.map(({ attempt }) => disabledBy({ failingSince }, attempt.status, now));
  if (reasons.includes('gone')) return 'gone';
  return hasSucceeded ? null : (reasons.find((reason) => reason !== null) ?? null);
}
