import { expect, it } from 'vitest';
import { setup } from '../testing/setup.js';
import { PauseSchedule } from './pause-schedule.js';

function setupPause() {
  const context = setup();
  return { ...context, pauseSchedule: new PauseSchedule(context.schedules, context.transaction, context.audit) };
}

it('pauses a schedule and lets it go on, on record', async () => {
  const { schedule, audit, pauseSchedule } = setupPause();

  expect(await pauseSchedule.execute(schedule.name, true)).toEqual({ ...schedule, isPaused: true });
  expect(await pauseSchedule.execute(schedule.name, false)).toEqual(schedule);

  const details = { schedule: schedule.name };
  expect(audit.recorded).toEqual([
    { type: 'schedule.paused', details },
    { type: 'schedule.resumed', details },
  ]);
});
