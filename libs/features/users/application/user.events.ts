import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ userId: z.uuid() });

/** The row is gone: subscribers remove what they hold under this user's id. */
export const userDeleted = defineEvent({
  name: 'user.deleted',
  payload,
  key: ({ userId }) => userId,
  webhook: {
    description: 'Somebody has no account any more.',
    example: { userId: '0190a5d2-8f00-7000-8000-000000000002' },
    userId: ({ userId }) => userId,
  },
});
