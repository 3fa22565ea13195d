import { definePermission } from '#platform/kernel/access/permissions.js';

export const readSchedules = definePermission('schedules:read', {
  description: 'See which jobs run by themselves, and when.',
});
export const writeSchedules = definePermission('schedules:write', {
  description: 'Run such a job now, pause its schedule and let it go on.',
});
