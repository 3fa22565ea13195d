import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import {
  defineEvent,
  defineSubscription,
  defineSubscriptionToPublicEvents,
  Events,
  publicEvents,
} from '../../kernel/jobs/events.js';
import type { JobContext } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { aWorker, handling } from '../testing/running-worker.js';

const key = ({ id }: { id: string }): string => id;
const painted = defineEvent({ name: 'fence.painted', payload: z.object({ id: z.uuid(), colour: z.string() }), key });
const repainted = defineEvent({ name: 'fence.repainted', payload: z.object({ id: z.uuid(), turn: z.int() }), key });
const lonely = defineEvent({ name: 'fence.ignored', payload: z.object({ id: z.uuid() }), key });

const sold = defineEvent({
  name: 'fence.sold',
  payload: z.object({ id: z.uuid(), ownerId: z.uuid() }),
  key,
  webhook: { description: 'A fence is sold.', example: { id: '', ownerId: '' }, userId: ({ ownerId }) => ownerId },
});
const broadcast = defineSubscriptionToPublicEvents({ name: 'radio.broadcast' });

const backoff = { firstSeconds: 0.05, longestSeconds: 0.1 };
const admire = defineSubscription(painted, { name: 'neighbours.admire' });
const envy = defineSubscription(painted, {
  name: 'rivals.envy',
  payload: z.object({ id: z.uuid() }),
  attempts: 2,
  backoff,
});
const mistrust = defineSubscription(painted, { name: 'rivals.mistrust', payload: z.object({ price: z.int() }) });
const follow = defineSubscription(repainted, { name: 'chronicle.follow', isOrdered: true, backoff });

type Heard = Readonly<{ by: string; payload: unknown; attempt: number }>;

const running: Awaited<ReturnType<typeof aWorker>>[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

async function setup(react: (heard: Heard) => void = () => undefined) {
  const heard: Heard[] = [];
  const hear =
    (by: string) =>
    async (payload: unknown, { attempt }: JobContext) => {
      heard.push({ by, payload, attempt });
      react({ by, payload, attempt });
    };
  const worker = await aWorker([
    ...[admire, envy, mistrust, follow].map((job) => handling(job, hear(job.name))),
    handling(broadcast, hear(broadcast.name)),
  ]);
  running.push(worker);
  const { database } = worker;
  return {
    worker,
    heard,
    events: worker.get(Events),
    heardBy: (by: string) => heard.filter((each) => each.by === by),
    whenAllIsTold: () => eventually(async () => expect(await database.client.job.count()).toBe(0)),
    deadLetters: async (job: string) => (await worker.deadLetters.list({ limit: 10, after: null }, job)).items,
  };
}

describe('an event', () => {
  it('is told to each who subscribes, who sees what its own schema names', async () => {
    const { worker, events, heardBy, whenAllIsTold } = await setup();
    const id = newId();
    await worker.start();

    await worker.database.transaction(() => events.publish(painted, { id, colour: 'red' }));
    await whenAllIsTold();

    expect(heardBy(admire.name)).toMatchObject([{ payload: { id, colour: 'red' } }]);
    expect(heardBy(envy.name)).toEqual([{ by: envy.name, payload: { id }, attempt: 1 }]);
  });

  it('is told to nobody when its transaction rolls back', async () => {
    const { worker, events } = await setup();

    const publishing = worker.database.transaction(async () => {
      await events.publish(painted, { id: newId(), colour: 'red' });
      throw new Error('no');
    });

    await expect(publishing).rejects.toThrow('no');
    expect(await worker.database.client.job.count({ where: { name: painted.name } })).toBe(0);
  });

  it('is refused with a payload that is none of its own', async () => {
    const { events } = await setup();

    await expect(events.publish(painted, { id: 'no uuid', colour: 'red' })).rejects.toThrow(z.ZodError);
  });

  it('that nobody subscribes to is done', async () => {
    const { worker, events, whenAllIsTold } = await setup();
    await worker.start();

    await events.publish(lonely, { id: newId() });

    await whenAllIsTold();
  });

  it('keeps fields that this version of it does not know, for a subscriber that does', async () => {
    const { worker, heardBy, whenAllIsTold } = await setup();
    const id = newId();
    await worker.database.client.job.create({
      data: { id: newId(), name: painted.name, payload: { id, colour: 'red', price: 7 } },
    });

    await worker.start();
    await whenAllIsTold();

    expect(heardBy(mistrust.name)).toMatchObject([{ payload: { price: 7 } }]);
  });
});

describe('a subscriber that fails', () => {
  it('has its own retries and its own dead letter, and takes nothing from the others', async () => {
    const { worker, events, heardBy, whenAllIsTold, deadLetters } = await setup(({ by }) => {
      if (by === envy.name) throw new Error('too green');
    });
    const id = newId();
    await worker.start();

    await events.publish(painted, { id, colour: 'red' });
    await whenAllIsTold();

    expect(heardBy(envy.name).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(heardBy(admire.name)).toHaveLength(1);
    expect(await deadLetters(envy.name)).toMatchObject([{ payload: { id, colour: 'red' }, error: 'Error: too green' }]);
    // Its schema asks for what this event does not tell.
    expect((await deadLetters(mistrust.name))[0]).toMatchObject({
      payload: { id },
      error: expect.stringContaining('UnreadableJob'),
    });
  });
});

describe('a subscriber that asks for the order', () => {
  it('hears of one thing in the order in which it happened, also when it fails now and then', async () => {
    const { worker, events, heard, whenAllIsTold } = await setup(({ payload, attempt }) => {
      if ((payload as { turn: number }).turn === 1 && attempt === 1) throw new Error('not yet');
    });
    const [fence, other] = [newId(), newId()];
    await worker.start();

    for (let turn = 0; turn < 4; turn++) {
      await events.publish(repainted, { id: fence, turn });
      await events.publish(repainted, { id: other, turn: 10 + turn });
    }
    await whenAllIsTold();

    const turns = (id: string) =>
      heard
        .map(({ payload }) => payload as { id: string; turn: number })
        .filter((each) => each.id === id)
        .map(({ turn }) => turn);
    expect(turns(fence)).toEqual([0, 1, 1, 2, 3]);
    expect(turns(other)).toEqual([10, 11, 12, 13]);
  });
});

describe('a public event', () => {
  it('is told, with whom it is about, to those who carry all of them outside', async () => {
    const { worker, events, heardBy, whenAllIsTold } = await setup();
    const [payload, before] = [{ id: newId(), ownerId: newId() }, Date.now()];
    await worker.start();

    await events.publish(sold, payload);
    await events.publish(painted, { id: newId(), colour: 'red' });
    await whenAllIsTold();

    expect(heardBy(broadcast.name)).toMatchObject([{ payload: { name: sold.name, userId: payload.ownerId, payload } }]);
    const [{ payload: published } = { payload: {} }] = heardBy(broadcast.name);
    const { publishedAt } = published as { publishedAt: string };
    expect(Date.parse(publishedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(publishedAt)).toBeLessThanOrEqual(Date.now());
  });

  it('has the same id however often it is told', async () => {
    const { worker, events, heardBy, whenAllIsTold } = await setup(({ by, attempt }) => {
      if (by === broadcast.name && attempt === 1) throw new Error('again');
    });
    await worker.start();

    await events.publish(sold, { id: newId(), ownerId: newId() });
    await whenAllIsTold();

    const ids = heardBy(broadcast.name).map(({ payload }) => (payload as { id: string }).id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('is listed with what is said of it', () => {
    expect(publicEvents().map(({ name }) => name)).toContain(sold.name);
    expect(publicEvents().map(({ name }) => name)).not.toContain(painted.name);
  });
});
