import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { Relay } from '../outbox/relay.js';
import { aRecordingWorker, fail, failOnce, type RecordingWorker, record } from '../testing/recording-worker.js';
import { LostJobs } from './lost-jobs.js';
import { MARKER_KEY } from './outbox-reconciler.js';

const workers: RecordingWorker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** A worker that takes no jobs until it is started, with jobs that wait in Redis. */
async function setup() {
  const worker = await aRecordingWorker();
  workers.push(worker);
  await worker.redis.connect();
  await worker.redis.flushdb();
  const publish = async () => {
    while (await new Relay(worker.database, worker.queue).publishBatch());
  };
  /** What an eviction takes: whole keys. */
  const evict = (...names: string[]) => worker.redis.del(...names.map((name) => `{queue}:jobs:${name}`));
  const whenAllAreDone = async (keys: readonly string[]) => {
    await eventually(async () => expect(await worker.countOpen()).toBe(0), 20_000);
    return Promise.all(keys.map((key) => worker.effects(key)));
  };
  return { ...worker, publish, evict, whenAllAreDone };
}

describe('a job of which Redis has evicted all but the id', () => {
  it('is done by what its row says, and becomes no dead letter', async () => {
    const { start, enqueueOne, publish, evict, effects, openJob, deadLetter, log } = await setup();
    const { key, id } = await enqueueOne(record);
    await publish();

    await evict(id);
    await start();

    await eventually(async () => expect(await openJob(key)).toBeUndefined());
    expect([await effects(key), await deadLetter(id)]).toEqual([1, undefined]);
    await eventually(() =>
      expect(log.lines).toContainEqual(expect.objectContaining({ job: 'tests.record', job_id: id, outcome: 'done' })),
    );
  });

  it('carries the name of its row, also when it fails and when it is given up', async () => {
    const { start, enqueueOne, publish, evict, runsFor, log } = await setup();
    const jobs = [await enqueueOne(failOnce), await enqueueOne(fail)] as const;
    await publish();

    await evict(...jobs.map(({ id }) => id));
    await start();

    const lines = () => log.lines.filter(({ job }) => job !== undefined).map(({ job, outcome }) => [job, outcome]);
    for (const expected of [
      ['tests.fail-once', 'failed'],
      ['tests.fail-once', 'done'],
      ['tests.fail', 'failed'],
      ['tests.fail', 'dead'],
    ]) {
      await eventually(() => expect(lines()).toContainEqual(expected));
    }
    expect(lines().filter(([job]) => job === 'unknown')).toEqual([]);
    expect(new Set(jobs.flatMap(({ key }) => runsFor(key).map(({ workload }) => workload)))).toEqual(
      new Set(['tests.fail-once', 'tests.fail']),
    );
  });

  it('has all its attempts after a failure, and leaves nothing behind in Redis', async () => {
    const { start, enqueueOne, publish, evict, whenAllAreDone, deadLetter, redis } = await setup();
    const jobs = [await enqueueOne(failOnce), await enqueueOne(fail)] as const;
    await publish();

    await evict(...jobs.map(({ id }) => id));
    await start();

    expect(await whenAllAreDone(jobs.map(({ key }) => key))).toEqual([1, 0]);
    expect([await deadLetter(jobs[0].id), await deadLetter(jobs[1].id)]).toMatchObject([undefined, { attempts: 2 }]);
    await eventually(async () => expect(await redis.exists(...jobs.map(({ id }) => `{queue}:jobs:${id}`))).toBe(0));
  });
});

describe('jobs that wait in a Redis that goes on running', () => {
  /** They have waited for an hour, and Redis is known to be the one that they were published to. */
  async function waiting(count: number) {
    const worker = await setup();
    const keys = await worker.enqueueMany(count);
    await worker.publish();
    await worker.database.query({
      name: 'tests.age',
      text: `UPDATE jobs SET published_at = now() - interval '1 hour'`,
    });
    const [, runId = ''] = /^run_id:(\w+)/m.exec(await worker.redis.info('server')) ?? [];
    await worker.redis.set(MARKER_KEY, runId);
    const jobs = (await worker.redis.lrange('{queue}:jobs:wait', 0, -1)).filter((_, index) => index % 2 === 0);
    return { ...worker, keys, someJobs: jobs };
  }

  it.each<[string, (jobs: string[]) => string[]]>([
    ['their list', () => ['wait']],
    ['their list and some of the jobs', (jobs) => ['wait', ...jobs]],
    ['some of the jobs', (jobs) => jobs],
  ])('are all done once though it has evicted %s', async (_what, evicted) => {
    const { start, evict, keys, someJobs, whenAllAreDone } = await waiting(60);

    await evict(...evicted(someJobs));
    await start();

    expect((await whenAllAreDone(keys)).filter((count) => count !== 1)).toEqual([]);
  });

  it('are not published again while it has them, however long they wait', async () => {
    const { get, database, redis } = await waiting(30);

    const areThere = await get(LostJobs).areThere();
    await get(LostJobs).publishAgain();

    expect([areThere, await redis.llen('{queue}:jobs:wait')]).toEqual([false, 30]);
    await database.query({ name: 'tests.forget', text: 'DELETE FROM jobs' });
  });
});
