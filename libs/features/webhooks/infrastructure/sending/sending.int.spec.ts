import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { aReceiver, type Received } from '../../testing/receiver.js';
import { aWebhookWorker } from '../../testing/webhook-worker.js';

const toStop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

async function aWorker() {
  const worker = await aWebhookWorker();
  toStop.push(worker.stop);
  return worker;
}

async function listening(answer?: Parameters<typeof aReceiver>[0]) {
  const receiver = await aReceiver(answer);
  toStop.push(receiver.stop);
  return receiver;
}

async function setup(answer?: Parameters<typeof aReceiver>[0]) {
  const receiver = await listening(answer);
  return { ...(await aWorker()), receiver };
}
type Worker = Awaited<ReturnType<typeof aWorker>>;

const answering =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (_: Received, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);
const never = () => undefined;

const headersOf = ({ headers }: Received) => headers as Record<string, string>;
const whenDelivered = ({ delivered }: Worker, endpointId: string, status = 'delivered') =>
  eventually(async () => {
    const deliveries = await delivered(endpointId);
    expect(deliveries.map((each) => each.status)).toEqual(deliveries.map(() => status));
    expect(deliveries.length).toBeGreaterThan(0);
    return deliveries;
  });
/** As if its wait were over. */
const nextAttempt = ({ database }: Worker, endpointId: string) =>
  database.client.webhookDelivery.updateMany({
    where: { endpointId, status: 'pending' },
    data: { nextAttemptAt: new Date() },
  });
const whenTried = ({ delivered }: Worker, endpointId: string, attempts: number) =>
  eventually(async () => {
    const [delivery] = await delivered(endpointId);
    expect(delivery?.attempts).toHaveLength(attempts);
    return delivery as NonNullable<typeof delivery>;
  });

describe('an event', () => {
  it('arrives as what the library of Standard Webhooks verifies', async () => {
    const { receiver, ...worker } = await setup();
    const { id, secret } = await worker.anEndpoint({ url: receiver.url });
    await worker.publish();
    await worker.start();

    const [delivery] = await whenDelivered(worker, id);

    const [received] = receiver.received as [Received];
    expect(new Webhook(secret).verify(received.body, headersOf(received))).toMatchObject({
      type: 'thing.done',
      timestamp: expect.stringMatching(/^20\d\d-.*Z$/),
      data: { userId: worker.userId },
    });
    expect(received.headers['webhook-id']).toBe(delivery?.messageId);
    expect(delivery?.attempts).toMatchObject([{ status: 204, failure: null, answer: '' }]);
  });

  it('is refused by that library once anything about it is changed', async () => {
    const { receiver, ...worker } = await setup();
    const { id, secret } = await worker.anEndpoint({ url: receiver.url });
    const other = await worker.anEndpoint({ url: receiver.url, events: ['nothing'] });
    await worker.publish();
    await worker.start();
    await whenDelivered(worker, id);
    const [received] = receiver.received as [Received];
    const [headers, { body }] = [headersOf(received), received];
    const { 'webhook-signature': signature = '', 'webhook-timestamp': timestamp = '' } = headers;
    const verify = (changed: Record<string, string>, text = body, by = secret) =>
      new Webhook(by).verify(text, { ...headers, ...changed });

    expect(verify({})).toBeTruthy();
    const tamperings = [
      () => verify({}, body.replace('done', 'gone')),
      () => verify({}, `${body} `),
      () => verify({}, JSON.stringify(JSON.parse(body), null, 1)),
      () => verify({ 'webhook-id': 'msg_other' }),
      () => verify({ 'webhook-timestamp': String(Number(timestamp) + 1) }),
      () => verify({ 'webhook-timestamp': String(Number(timestamp) - 600) }),
      () => verify({ 'webhook-signature': signature.replace('v1,', 'v2,') }),
      () => verify({ 'webhook-signature': `${signature.slice(0, -4)}AAA=` }),
      () => verify({ 'webhook-signature': '' }),
      () => verify({}, body, other.secret),
    ];
    for (const tampered of tamperings) expect(tampered).toThrow();
  });

  it('goes to those who subscribe to it and whom it is about', async () => {
    const { receiver, ...worker } = await setup();
    const [mine, others, everybodys] = [await listening(), await listening(), await listening()];
    const { userId: stranger } = await aWorker();
    const own = await worker.anEndpoint({ url: mine.url });
    await worker.anEndpoint({ url: receiver.url, events: ['order.placed'] });
    await worker.anEndpoint({ url: receiver.url, disabledBecause: 'owner' });
    await worker.anEndpoint({ url: others.url, userId: stranger });
    const all = await worker.anEndpoint({ url: everybodys.url, userId: stranger, audience: 'everybody' });
    await worker.publish();
    await worker.start();

    await whenDelivered(worker, own.id);
    await eventually(() => expect(everybodys.received).toHaveLength(1));

    expect([receiver, others].map(({ received }) => received.length)).toEqual([0, 0]);
    expect(everybodys.ids()).toEqual(mine.ids());
    await worker.endpoints.delete(all.id, { userId: stranger, everybody: false });
  });

  it('is signed by both secrets for a while after a rotation, and then by the new one alone', async () => {
    const { receiver, ...worker } = await setup();
    const { id, secret } = await worker.anEndpoint({ url: receiver.url });
    const renewed = await worker.endpoints.replaceSecret(id, new Date(Date.now() + 60_000));
    await worker.publish();
    await worker.start();
    await whenDelivered(worker, id);
    const latest = await worker.endpoints.replaceSecret(id, new Date(Date.now() - 1));
    await worker.publish();
    await eventually(() => expect(receiver.received).toHaveLength(2));

    const [during, after] = receiver.received as [Received, Received];

    for (const by of [secret, renewed]) expect(new Webhook(by).verify(during.body, headersOf(during))).toBeTruthy();
    expect(after.headers['webhook-signature']).not.toContain(' ');
    expect(new Webhook(latest).verify(after.body, headersOf(after))).toBeTruthy();
    expect(() => new Webhook(renewed).verify(after.body, headersOf(after))).toThrow();
  });
});

describe('a delivery that fails', () => {
  it('is tried again under the same id, with a new timestamp, and logs each attempt', async () => {
    let status = 503;
    const { receiver, ...worker } = await setup((one, response) => answering(status, {}, 'not now')(one, response));
    const { id, secret } = await worker.anEndpoint({ url: receiver.url });
    await worker.publish();
    await worker.start();
    const waiting = await whenTried(worker, id, 1);
    const wait = Number(waiting.nextAttemptAt) - Number(waiting.attempts[0]?.at);
    await eventually(() => expect(Math.floor(Date.now() / 1_000)).toBeGreaterThan(timestampOf(receiver.received[0])));
    status = 200;
    await nextAttempt(worker, id);

    const [delivery] = await whenDelivered(worker, id);

    expect(wait).toBeGreaterThanOrEqual(5_000);
    expect(wait).toBeLessThan(10_000);
    expect(delivery?.attempts).toMatchObject([
      { status: 200, answer: 'not now' },
      { status: 503, answer: 'not now' },
    ]);
    const [first, second] = receiver.received as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(timestampOf(second)).toBeGreaterThan(timestampOf(first));
    expect(new Webhook(secret).verify(second.body, headersOf(second))).toBeTruthy();
  });

  it('waits for as long as the receiver asks for', async () => {
    const { receiver, ...worker } = await setup(answering(429, { 'retry-after': '3600' }));
    const { id } = await worker.anEndpoint({ url: receiver.url });
    await worker.publish();
    await worker.start();

    const { nextAttemptAt } = await whenTried(worker, id, 1);

    expect(Number(nextAttemptAt) - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('ends after ten attempts, and can be sent again', async () => {
    const { receiver, ...worker } = await setup(answering(500));
    const { id } = await worker.anEndpoint({ url: receiver.url });
    await worker.publish();
    await worker.start();
    for (let attempts = 1; attempts <= 10; attempts++) {
      await whenTried(worker, id, attempts);
      await nextAttempt(worker, id);
    }

    const [failed] = await whenDelivered(worker, id, 'failed');
    await worker.deliveries.redeliver(String(failed?.id));
    await whenTried(worker, id, 11);

    expect(failed).toMatchObject({ nextAttemptAt: null, endedAt: expect.any(Date) });
    expect(new Set(receiver.ids()).size).toBe(1);
  });

  it.each([
    ['answers 410', answering(410), null, 'gone'],
    ['has failed for five days', answering(500), new Date(Date.now() - 5 * 86_400_000 - 1), 'failing'],
  ])('disables an endpoint that %s, and its maker is told', async (_, answer, failingSince, reason) => {
    const { receiver, ...worker } = await setup(answer);
    const { id, userId } = await worker.anEndpoint({ url: receiver.url });
    await worker.database.client.webhookEndpoint.update({ where: { id }, data: { failingSince } });
    await worker.publish();
    await worker.start();

    await eventually(async () =>
      expect(await worker.endpoints.findById(id)).toMatchObject({ disabledBecause: reason }),
    );
    await eventually(() => expect(worker.mailer.sent).toHaveLength(1));

    expect(worker.mailer.sent).toMatchObject([
      { to: `${userId}@example.test`, subject: 'A webhook endpoint of yours was disabled' },
    ]);
    expect(JSON.stringify(worker.mailer.sent)).not.toContain('the-key');
  });

  it('is forgiven by the next success', async () => {
    const { receiver, ...worker } = await setup();
    const { id } = await worker.anEndpoint({ url: receiver.url });
    await worker.database.client.webhookEndpoint.update({ where: { id }, data: { failingSince: new Date(0) } });
    await worker.publish();
    await worker.start();

    await whenDelivered(worker, id);

    expect(await worker.endpoints.findById(id)).toMatchObject({ failingSince: null, disabledBecause: null });
  });

  it('keeps 1 KiB of the answer, without secrets', async () => {
    const body = `Bearer abcdefghijklmnop whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ${'é'.repeat(40_000)}`;
    const { receiver, ...worker } = await setup(answering(500, {}, body));
    const { id } = await worker.anEndpoint({ url: receiver.url });
    await worker.publish();
    await worker.start();

    const { attempts } = await whenTried(worker, id, 1);

    const { status, answer = '' } = attempts[0] ?? {};
    expect(status).toBe(500);
    expect(answer).toMatch(/^Bearer \[redacted\] \[redacted\] é+$/);
    expect(Buffer.byteLength(answer)).toBeGreaterThan(1_020);
    expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(1_024);
  });
});

describe('an endpoint whose secret nobody can read any more', () => {
  it('gets nothing until its owner rotates it, and keeps nobody else from being served', async () => {
    const { receiver, ...worker } = await setup();
    const { id } = await worker.anEndpoint({ url: receiver.url });
    const other = await worker.anEndpoint({ url: receiver.url });
    await worker.database.client.webhookEndpoint.update({ where: { id }, data: { secret: Buffer.alloc(64) } });
    await worker.publish();
    await worker.start();
    await whenDelivered(worker, other.id);
    const failed = await whenTried(worker, id, 1);
    const renewed = await worker.endpoints.replaceSecret(id, new Date(Date.now() + 60_000));
    await nextAttempt(worker, id);

    await whenDelivered(worker, id);

    expect(failed.attempts).toMatchObject([{ status: null, failure: 'secret-unreadable' }]);
    const last = receiver.received.at(-1) as Received;
    expect(new Webhook(renewed).verify(last.body, headersOf(last))).toBeTruthy();
  });
});

describe('one endpoint of ten that never answers', () => {
  it('keeps the others from nothing, and is asked by a few calls at a time', async () => {
    const { receiver: dead, ...worker } = await setup(never);
    const alive = await listening();
    await worker.anEndpoint({ url: dead.url });
    for (let index = 0; index < 9; index++) await worker.anEndpoint({ url: alive.url });
    for (let index = 0; index < 40; index++) await worker.publish();
    const startedAt = performance.now();
    await worker.start();

    await eventually(() => expect(alive.received).toHaveLength(9 * 40));

    // A call to the dead one ends after fifteen seconds.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(dead.received.length).toBeLessThanOrEqual(16);
    expect(dead.received.length).toBeGreaterThan(0);
  });
});

describe('a worker that ends', () => {
  it('gives back what is under way, to be sent by the next one under the same id', async () => {
    const { receiver: slow, ...worker } = await setup(never);
    const { id } = await worker.anEndpoint({ url: slow.url });
    await worker.publish();
    await worker.start();
    await eventually(() => expect(slow.received).toHaveLength(1));
    await worker.stop();
    const quick = await listening();
    const next = await aWorker();
    await next.database.client.webhookEndpoint.update({ where: { id }, data: { url: quick.url } });
    await next.start();

    await eventually(() => expect(quick.ids()).toEqual(slow.ids()), 5_000);
  });

  it('is followed by another when it was killed, once its lease is over', async () => {
    const { receiver, ...worker } = await setup();
    const { id } = await worker.anEndpoint({ url: receiver.url });
    const leased = new Date(Date.now() + 3_000);
    const message = { id: `msg_${newId()}`, event: 'thing.done', body: '{}' };
    await worker.deliveries.add(message, [id], new Date());
    await worker.database.client.webhookEndpoint.update({
      where: { id },
      data: { leasedUntil: leased, leaseHolder: 'somebody else' },
    });
    await worker.start();

    await eventually(() => expect(receiver.ids()).toEqual([message.id]));

    expect(Date.now()).toBeGreaterThanOrEqual(leased.getTime());
  });
});
const timestampOf = (received: Received | undefined): number => Number(received?.headers['webhook-timestamp']);
