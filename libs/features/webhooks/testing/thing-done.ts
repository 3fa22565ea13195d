import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

/** A public event of tests: no feature is needed for one. */
export const thingDone = defineEvent({
  name: 'thing.done',
  payload: z.object({ thingId: z.uuid(), userId: z.uuid() }),
  key: ({ thingId }) => thingId,
  webhook: {
    description: 'A thing is done.',
    example: { thingId: '0190a5d2-8f00-7000-8000-000000000001', userId: '0190a5d2-8f00-7000-8000-000000000002' },
    userId: ({ userId }) => userId,
  },
});
