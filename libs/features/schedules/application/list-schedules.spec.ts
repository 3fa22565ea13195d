import { expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf, setup } from '../testing/setup.js';
import { ListSchedules } from './list-schedules.js';

it('shows the jobs that run by themselves', async () => {
  const { schedules, schedule } = setup();

  expect(await new ListSchedules(schedules).execute(aHolderOf('schedules:read'))).toEqual([schedule]);
});

it('refuses a user without the permission', async () => {
  const { schedules } = setup();

  await expect(new ListSchedules(schedules).execute(aHolderOf('schedules:write'))).rejects.toThrow(PermissionDenied);
});
