import { describe, expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { hoursAfterNow, NOW } from '../../testing/endpoint.factory.js';
import { RecordedDue } from '../../testing/recorded-due.js';
import { SendDueDeliveries } from './send-due-deliveries.js';
import type { Answered, WebhookClient } from './webhook-client.js';

const ENDPOINT = '0190a5d2-8f00-7000-8000-000000000001';
const answered = (overrides: Partial<Answered> = {}): Answered => ({
  ...{ durationMs: 1, status: 204, failure: null, answer: '', retryAfterMs: 0 },
  ...overrides,
});

/** Each delivery is answered by the next of the answers. */
function sending(answers: readonly (Answered | null)[], failingSince: Date | null = null) {
  const due = new RecordedDue(answers.length, failingSince);
  const sent: Parameters<WebhookClient['send']>[] = [];
  const client: WebhookClient = {
    send: async (...round) => {
      sent.push(round);
      return answers;
    },
  };
  const [jobs, audit] = [new RecordedJobs(), new RecordedAudit()];
  const use = new SendDueDeliveries(due, client, new ImmediateTransaction(), jobs, audit, new StoppedClock(NOW));
  const { signal } = new AbortController();
  return { due, sent, jobs, audit, send: (stop = signal) => use.execute(ENDPOINT, stop) };
}

describe('a round', () => {
  it('asks for another one once something has succeeded', async () => {
    expect(await sending([answered(), answered({ status: 500 })]).send()).toBe(true);
    expect(await sending([answered({ status: 500 })]).send()).toBe(false);
    expect(await sending([]).send()).toBe(false);
  });

  it('settles each delivery by its answer', async () => {
    const statuses = [200, 299, 301, 404, 500];
    const { due, send } = sending([...statuses.map((status) => answered({ status })), answered({ status: null })]);

    await send();

    const next = due.settled.map((settled) => settled.next);
    expect(next.slice(0, 2)).toEqual(['delivered', 'delivered']);
    for (const wait of next.slice(2)) expect(wait).toBeGreaterThanOrEqual(5_000);
  });

  it('leaves alone what it could not send to the end, and settles the rest', async () => {
    const { due, send } = sending([answered(), null]);

    const ended = send(AbortSignal.abort(new Error('The worker has to stop.')));

    await expect(ended).rejects.toThrow('The worker has to stop.');
    expect(due.settled.map(({ taken }) => taken.id)).toEqual(['delivery-0']);
  });

  it('is sent with the time of the attempt', async () => {
    const { sent, send } = sending([answered()]);

    await send();

    expect(sent).toMatchObject([[{ deliveries: [{ messageId: 'msg_0' }] }, NOW, expect.any(AbortSignal)]]);
  });
});

describe('an endpoint', () => {
  const failure = answered({ status: 500 });

  it.each([
    ['begins to fail with its first failure', [failure], null, [NOW]],
    ['fails since then', [failure], hoursAfterNow(-1), []],
    ['fails no longer once something succeeds', [failure, answered()], hoursAfterNow(-1), [null]],
    ['does not fail', [answered()], null, []],
  ])('%s', async (_, answers, failingSince, changes) => {
    const { due, send } = sending(answers, failingSince);

    await send();

    expect(due.failing).toEqual(changes);
  });

  it.each([
    ['410', [answered({ status: 410 }), answered()], null, 'gone'],
    ['five days of failures', [failure], hoursAfterNow(-120), 'failing'],
  ])('is disabled by %s, on record and by mail', async (_, answers, failingSince, reason) => {
    const { due, jobs, audit, send } = sending(answers, failingSince);

    await send();

    expect(due.disabled).toEqual([reason]);
    expect(jobs.enqueued).toEqual([{ name: 'webhooks.mail-disabled', payload: { endpointId: ENDPOINT, reason } }]);
    expect(audit.recorded).toMatchObject([{ type: 'webhook-endpoint.disabled', details: { reason } }]);
  });

  it('stays enabled where something succeeds after five days', async () => {
    const { due, jobs, send } = sending([failure, answered()], hoursAfterNow(-120));

    await send();

    expect([due.disabled, jobs.enqueued]).toEqual([[], []]);
  });

  it('is told of once, whichever worker is the first', async () => {
    const { due, jobs, audit, send } = sending([answered({ status: 410 })]);
    due.isDisabled = true;

    await send();

    expect([jobs.enqueued, audit.recorded]).toEqual([[], []]);
  });
});
