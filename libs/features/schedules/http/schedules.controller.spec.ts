import { describe, expect, it } from 'vitest';
import { Schedules } from '#platform/kernel/jobs/schedules.js';
import { httpApp } from '#platform/testing/http-app.js';
import { SchedulesApiModule } from '../schedules.module.js';
import { aSchedule, InMemorySchedules } from '../testing/in-memory-schedules.js';

async function setup() {
  const schedule = aSchedule();
  const schedules = new InMemorySchedules(schedule);
  const app = await httpApp({
    imports: [SchedulesApiModule],
    providers: [{ provide: Schedules, useValue: schedules }],
  });
  return { app, schedule, schedules };
}

const path = '/v1/admin/schedules';

describe(path, () => {
  it('lists what runs by itself, and when', async () => {
    const { app, schedule } = await setup();
    const { isPaused: paused, nextAt, ...shown } = schedule;

    const { statusCode, body } = await app.inject(path);

    expect([statusCode, JSON.parse(body)]).toEqual([
      200,
      { data: [{ ...shown, paused, nextAt: nextAt.toISOString() }] },
    ]);
  });

  it('runs one now, with 202', async () => {
    const { app, schedule, schedules } = await setup();

    const { statusCode } = await app.inject({ method: 'POST', url: `${path}/${schedule.name}/run` });

    expect([statusCode, schedules.run]).toEqual([202, [schedule.name]]);
  });

  it('pauses one and answers how it is', async () => {
    const { app, schedule } = await setup();

    const { statusCode, body } = await app.inject({
      method: 'PUT',
      url: `${path}/${schedule.name}`,
      payload: { paused: true },
    });

    expect([statusCode, JSON.parse(body)]).toMatchObject([200, { data: { name: schedule.name, paused: true } }]);
  });

  it.each([
    ['POST', '/tests.unheard-of/run', undefined, 404, 'SCHEDULE_NOT_FOUND'],
    ['PUT', '/tests.unheard-of', { paused: true }, 404, 'SCHEDULE_NOT_FOUND'],
    ['PUT', '/tests.nightly', { paused: 'yes' }, 422, 'VALIDATION_FAILED'],
    ['PUT', '/tests.nightly', {}, 422, 'VALIDATION_FAILED'],
    ['POST', '/no%20name/run', undefined, 422, 'VALIDATION_FAILED'],
  ] as const)('answers %s %s %j with %i', async (method, url, payload, status, code) => {
    const { app } = await setup();

    const response = await app.inject({ method, url: path + url, ...(payload && { payload }) });

    expect(response.json()).toMatchObject({ status, code });
  });
});
