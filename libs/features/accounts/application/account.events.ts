import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ userId: z.uuid() });

/** Somebody has an account from now on: they opened the mailed link, came through a provider, or were invited. */
export const userRegistered = defineEvent({
  name: 'user.registered',
  payload,
  key: ({ userId }) => userId,
  webhook: {
    description: 'Somebody has an account from now on.',
    example: { userId: '0190a5d2-8f00-7000-8000-000000000002' },
    userId: ({ userId }) => userId,
  },
});
