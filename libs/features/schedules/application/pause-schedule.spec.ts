import { expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf, setup } from '../testing/setup.js';
import { PauseSchedule } from './pause-schedule.js';

function setupPause() {
  const context = setup();
  return { ...context, pauseSchedule: new PauseSchedule(context.schedules, context.transaction, context.audit) };
}

it('pauses a schedule and lets it go on, on record', async () => {
  const { schedule, audit, pauseSchedule } = setupPause();
  const operator = aHolderOf('schedules:write');

  expect(await pauseSchedule.execute(operator, schedule.name, true)).toEqual({ ...schedule, isPaused: true });
  expect(await pauseSchedule.execute(operator, schedule.name, false)).toEqual(schedule);

  const details = { schedule: schedule.name };
  expect(audit.recorded).toEqual([
    { type: 'schedule.paused', details },
    { type: 'schedule.resumed', details },
  ]);
});

it('refuses a user who may only read', async () => {
  const { schedule, schedules, pauseSchedule } = setupPause();

  await expect(pauseSchedule.execute(aHolderOf('schedules:read'), schedule.name, true)).rejects.toThrow(
    PermissionDenied,
  );
  expect(await schedules.list()).toEqual([schedule]);
});
