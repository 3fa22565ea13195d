import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';
import { everySeconds } from '#platform/kernel/jobs/schedule.js';

export const sweepUploads = defineJob({
  name: 'uploads.sweep',
  payload: z.object({}),
  schedule: everySeconds(600),
});
