import { InMemoryProvider } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { ProvidedFlags } from '../../flags/provided-flags.js';
import { defineFlag } from '../../kernel/flags.js';
import { defineJob } from '../../kernel/jobs/jobs.js';
import { cron, everySeconds } from '../../kernel/jobs/schedule.js';
import { Schedules } from '../../kernel/jobs/schedules.js';
import { removeExpired } from '../retention/remove-expired.handler.js';
import { aWorker, handling } from '../testing/running-worker.js';
import { ScheduleNotFound } from './sql-schedules.js';
import { Ticks } from './ticks.js';

const payload = z.object({});
const often = defineJob({ name: 'ticks.often', payload, schedule: everySeconds(1) });
const daily = defineJob({ name: 'ticks.daily', payload, schedule: cron('0 3 * * *', { timeZone: 'Europe/Berlin' }) });
const shipping = defineFlag('ticks.shipping', {
  description: 'Of this test.',
  owner: 'tests',
  removeBy: 'never',
  default: true,
});
const switched = defineJob({ name: 'ticks.switched', payload, schedule: cron('0 5 * * *'), onlyWhile: shipping });
const punctual = defineJob({ name: 'ticks.punctual', payload, schedule: cron('0 4 * * *', { missed: 'skip' }) });

type Running = Awaited<ReturnType<typeof aWorker>>;
const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

/** `jobs`: the name of each job that ran, with its id. */
async function setup() {
  const jobs: { name: string; id: string }[] = [];
  const worker = await aWorker(
    [often, daily, punctual, switched].map((job) =>
      handling(job, async (_, { id }) => void jobs.push({ name: job.name, id })),
    ),
  );
  const { database } = worker;
  if (running.length === 0) await database.client.schedule.deleteMany();
  running.push(worker);
  return {
    worker,
    jobs,
    ticks: worker.get(Ticks),
    schedules: worker.get(Schedules),
    stored: (name: string) => database.client.schedule.findUniqueOrThrow({ where: { name } }),
    /** As if its time had come so many seconds ago. */
    due: (name: string, secondsAgo: number) =>
      database.client.schedule.update({ where: { name }, data: { nextAt: new Date(Date.now() - secondsAgo * 1_000) } }),
    enqueued: (name: string) => database.client.job.count({ where: { name } }),
    forgetJobs: () => database.client.job.deleteMany(),
  };
}

describe('a job with a schedule', () => {
  it('runs by itself, as an ordinary job, once for each time over three workers', async () => {
    const all = [await setup(), await setup(), await setup()];
    const startedAt = Date.now();

    await Promise.all(all.map(({ worker }) => worker.start()));
    await eventually(() => expect(all.flatMap(({ jobs }) => jobs).length).toBeGreaterThanOrEqual(4), 15_000);
    const seconds = (Date.now() - startedAt) / 1_000;
    await Promise.all(all.map(({ worker }) => worker.stop()));

    const ids = all.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(seconds + 1);
  });

  it('is declared as the code says, and keeps its next time when a worker starts', async () => {
    const { ticks, stored, due } = await setup();
    await ticks.declare();
    const { nextAt } = await due(daily.name, 30);

    await ticks.declare();

    expect(await stored(daily.name)).toMatchObject({ expression: '0 3 * * *', timeZone: 'Europe/Berlin', nextAt });
    expect(await stored(removeExpired.name)).toMatchObject({ expression: 'every 3600 s', timeZone: null });
  });

  it('gets another next time when the code says another schedule', async () => {
    const { worker, ticks, stored } = await setup();
    await ticks.declare();
    const before = await stored(daily.name);
    const changed = { expression: '0 9 * * *', nextAt: new Date('2099-01-01') };
    await worker.database.client.schedule.update({ where: { name: daily.name }, data: changed });

    await ticks.declare();

    expect(await stored(daily.name)).toMatchObject({ expression: '0 3 * * *', nextAt: before.nextAt });
  });

  it('is gone when no code declares it any more', async () => {
    const { worker, ticks, schedules } = await setup();
    await ticks.declare();
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const { name: _, ...retired } = await worker.database.client.schedule.findUniqueOrThrow({
      where: { name: daily.name },
    });
    for (const [name, minutes] of [
      ['ticks.retired', 11],
      ['ticks.of-a-newer-version', 9],
    ] as const)
      await worker.database.client.schedule.create({
        data: { ...retired, name, declaredAt: minutesAgo(minutes), nextAt: minutesAgo(1) },
      });

    await ticks.keepDeclared();
    await ticks.enqueueDue();

    const names = (await schedules.list()).map(({ name }) => name);
    expect(names).toEqual([
      'platform.remove-expired',
      'ticks.daily',
      'ticks.of-a-newer-version',
      'ticks.often',
      'ticks.punctual',
      'ticks.switched',
    ]);
    expect(
      await worker.database.client.job.count({
        where: { name: { in: ['ticks.retired', 'ticks.of-a-newer-version'] } },
      }),
    ).toBe(0);
  });
});

describe('a time that comes', () => {
  it('is written with its job or not at all', async () => {
    const { worker, ticks, stored, due, enqueued } = await setup();
    await ticks.declare();
    const { nextAt } = await due(daily.name, 1);

    await worker.database
      .transaction(async () => {
        await ticks.enqueueDue();
        throw new Error('killed before the commit');
      })
      .catch(() => undefined);

    expect([await enqueued(daily.name), (await stored(daily.name)).nextAt]).toEqual([0, nextAt]);
  });

  it('is enqueued once by many who look at the same moment', async () => {
    const { ticks, due, enqueued, stored, forgetJobs } = await setup();
    await ticks.declare();
    await due(daily.name, 1);

    await Promise.all(Array.from({ length: 8 }, () => ticks.enqueueDue()));

    expect(await enqueued(daily.name)).toBe(1);
    expect((await stored(daily.name)).nextAt.getTime()).toBeGreaterThan(Date.now());
    await forgetJobs();
  });

  it.each([
    ['made up for once, however many were missed', daily.name, 3 * 86_400, 1],
    ['left out, where only the time itself counts', punctual.name, 3 * 86_400, 0],
    ['not missed when the look is a few seconds late', punctual.name, 20, 1],
  ])('while no worker ran is %s', async (_what, name, secondsAgo, runs) => {
    const { ticks, due, enqueued, stored, forgetJobs } = await setup();
    await ticks.declare();
    await due(name, secondsAgo);

    await ticks.enqueueDue();
    await ticks.enqueueDue();

    expect(await enqueued(name)).toBe(runs);
    expect((await stored(name)).nextAt.getTime()).toBeGreaterThan(Date.now());
    await forgetJobs();
  });
});

describe('a job of which a flag decides', () => {
  it('misses its times while that is off, and goes on with the next one', async () => {
    const { worker, ticks, due, enqueued, stored, forgetJobs } = await setup();
    const provider = new InMemoryProvider({});
    const say = (variant: 'on' | 'off') =>
      provider.putConfiguration({
        [shipping.name]: { variants: { on: true, off: false }, defaultVariant: variant, disabled: false },
      });
    await worker.get(ProvidedFlags).use(provider);
    await ticks.declare();
    await say('off');
    await due(switched.name, 1);
    await ticks.enqueueDue();
    const whileOff = [await enqueued(switched.name), (await stored(switched.name)).nextAt > new Date()];

    await say('on');
    await due(switched.name, 1);
    await ticks.enqueueDue();

    expect([whileOff, await enqueued(switched.name)]).toEqual([[0, true], 1]);
    await forgetJobs();
  });
});

describe('an operator', () => {
  it('runs a job now, and its next time stays', async () => {
    const { ticks, schedules, enqueued, stored, forgetJobs } = await setup();
    await ticks.declare();
    const { nextAt } = await stored(daily.name);

    await schedules.runNow(daily.name);

    expect([await enqueued(daily.name), (await stored(daily.name)).nextAt]).toEqual([1, nextAt]);
    await forgetJobs();
  });

  it('pauses a schedule, which misses its times and then goes on', async () => {
    const { ticks, schedules, due, enqueued, forgetJobs } = await setup();
    await ticks.declare();

    expect(await schedules.setPaused(daily.name, true)).toMatchObject({ name: daily.name, isPaused: true });
    await due(daily.name, 5);
    await ticks.enqueueDue();
    const whilePaused = await enqueued(daily.name);
    await schedules.setPaused(daily.name, false);
    await ticks.enqueueDue();
    const resumed = await enqueued(daily.name);
    await due(daily.name, 5);
    await ticks.enqueueDue();

    expect([whilePaused, resumed, await enqueued(daily.name)]).toEqual([0, 0, 1]);
    await forgetJobs();
  });

  it('is told when there is no such schedule', async () => {
    const { schedules } = await setup();

    await expect(schedules.runNow('ticks.unheard-of')).rejects.toThrow(ScheduleNotFound);
    await expect(schedules.setPaused('ticks.unheard-of', true)).rejects.toThrow(ScheduleNotFound);
  });
});
