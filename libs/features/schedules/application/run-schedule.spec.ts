import { expect, it } from 'vitest';
import { ScheduleNotFound } from '#platform/jobs/schedules/sql-schedules.js';
import { setup } from '../testing/setup.js';
import { RunSchedule } from './run-schedule.js';

function setupRun() {
  const context = setup();
  return { ...context, runSchedule: new RunSchedule(context.schedules, context.transaction, context.audit) };
}

it('runs the job now, on record', async () => {
  const { schedules, schedule, audit, runSchedule } = setupRun();

  await runSchedule.execute(schedule.name);

  expect(schedules.run).toEqual([schedule.name]);
  expect(audit.recorded).toEqual([{ type: 'schedule.run', details: { schedule: schedule.name } }]);
});

it('records nothing when there is no such schedule', async () => {
  const { audit, runSchedule } = setupRun();

  await expect(runSchedule.execute('tests.unheard-of')).rejects.toThrow(ScheduleNotFound);
  expect(audit.recorded).toEqual([]);
});
