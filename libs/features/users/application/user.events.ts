import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ userId: z.uuid() });

/** The row is gone: whoever holds something of this user's under their id lets go of it. */
export const userDeleted = defineEvent({ name: 'user.deleted', payload, key: ({ userId }) => userId });
