import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { eventually } from '../../../../test/eventually.ts';
import { defineJob } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { RemoveExpiredHandler, removeExpired } from '../retention/remove-expired.handler.js';
import { aWorker, handling } from '../testing/running-worker.js';
import { Schedules } from './schedules.js';

const often = defineJob({ name: 'tests.tick', payload: z.object({}), everySeconds: 1 });

const running: Awaited<ReturnType<typeof aWorker>>[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

async function setup() {
  const ticks: string[] = [];
  const worker = await aWorker([handling(often, async (_, { id }) => void ticks.push(id))]);
  running.push(worker);
  return { worker, ticks, schedules: worker.get(Schedules) };
}

describe('a recurring job', () => {
  it('runs by itself, as an ordinary job each time', async () => {
    const { worker, ticks } = await setup();

    await worker.start();

    await eventually(() => expect(ticks.length).toBeGreaterThanOrEqual(2));
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('is scheduled exactly as declared: what the code no longer knows disappears, what changed is changed', async () => {
    const { worker, schedules } = await setup();
    await worker.redis.connect();
    await worker.queue.bullmq.upsertJobScheduler('tests.retired', { every: 1_000 });
    await worker.queue.bullmq.upsertJobScheduler(removeExpired.name, { every: 5 });

    await schedules.reconcile();
    await schedules.reconcile();

    const known = await worker.queue.bullmq.getJobSchedulers();
    expect(new Map(known.map(({ key, every }) => [key, every]))).toEqual(
      new Map([
        ['tests.tick', 1_000],
        [removeExpired.name, 3_600_000],
      ]),
    );
  });
});

describe('a tick that is late', () => {
  const [wait, delayed] = ['{queue}:jobs:wait', '{queue}:jobs:delayed'];

  /** A worker that takes no jobs, and a schedule whose tick has been due for an hour and is in no list yet. */
  async function late() {
    const { worker, schedules } = await setup();
    const { redis } = worker;
    await redis.connect();
    await redis.flushdb();
    await schedules.reconcile();
    const due = Date.now() - 3_600_000;
    const tick = `repeat:${often.name}:${due}`;
    await redis
      .multi()
      .del(wait, delayed)
      .zadd('{queue}:jobs:repeat', due, often.name)
      .hset(`{queue}:jobs:${tick}`, 'name', often.name)
      .exec();
    const ticks = async () => [...(await redis.lrange(wait, 0, -1)), ...(await redis.zrange(delayed, 0, -1))];
    return { redis, schedules, tick, ticks };
  }

  it.each(['wait', 'active'])('keeps its place in "%s", whatever else waits there', async (list) => {
    const { redis, schedules, tick, ticks } = await late();
    await redis.rpush(`{queue}:jobs:${list}`, 'younger', tick, 'older');

    await schedules.restore();
    await schedules.restore();

    expect(await redis.lrange(`{queue}:jobs:${list}`, 0, -1)).toEqual(['younger', tick, 'older']);
    expect((await ticks()).filter((id) => id.startsWith('repeat:') && id !== tick)).toEqual([]);
  });

  it('keeps it as well among those that are postponed', async () => {
    const { redis, schedules, tick, ticks } = await late();
    await redis.zadd(delayed, 4_711, tick);

    await schedules.restore();

    expect([await ticks(), await redis.zscore(delayed, tick)]).toEqual([[tick], '4711']);
  });

  it('is followed by the next one at once when Redis has lost it, though its content is still there', async () => {
    const { schedules, ticks } = await late();

    await schedules.restore();

    expect(await ticks()).toEqual([expect.stringMatching(/^repeat:tests\.tick:/)]);
  });
});

describe('retention', () => {
  it('deletes what is past its time and nothing else', async () => {
    const { worker } = await setup();
    const principal = newId();
    const ages = `INSERT INTO idempotency_keys (principal_id, key, fingerprint, status, headers, body, created_at)
                  SELECT $1, age, '', 0, '{}', '', now() - age::interval FROM unnest(ARRAY['25 hours', '23 hours', '1 minute']) AS age`;
    const left = 'SELECT key FROM idempotency_keys WHERE principal_id = $1 ORDER BY created_at';
    await worker.database.query({ name: 'tests.ages', text: ages }, [principal]);

    await worker.get(RemoveExpiredHandler).handle();

    const keys = await worker.database.query({ name: 'tests.left', text: left }, [principal]);
    expect(keys).toEqual([{ key: '23 hours' }, { key: '1 minute' }]);
  });
});
