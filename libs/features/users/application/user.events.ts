import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ userId: z.uuid() });

/** The row is gone: subscribers remove what they hold under this user's id. */
export const userDeleted = defineEvent({ name: 'user.deleted', payload, key: ({ userId }) => userId });
