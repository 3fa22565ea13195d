import { expect, it } from 'vitest';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import type { SweepUploads } from '../application/sweep-uploads.js';
import { SweepUploadsHandler } from './sweep-uploads.handler.js';

it.each([
  ['goes on with another job while there may be more', true, ['uploads.sweep']],
  ['waits for its time when there is no more', false, []],
])('%s', async (_what, mayBeMore, enqueued) => {
  const jobs = new RecordedJobs();
  const sweep = { execute: async () => mayBeMore } as unknown as SweepUploads;

  await new SweepUploadsHandler(sweep, jobs).handle();

  expect(jobs.enqueued.map(({ name }) => name)).toEqual(enqueued);
});
