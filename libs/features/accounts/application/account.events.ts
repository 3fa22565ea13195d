import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ userId: z.uuid() });

/** Somebody has an account from now on: they opened the mailed link, came through a provider, or were invited. */
export const userRegistered = defineEvent({ name: 'user.registered', payload, key: ({ userId }) => userId });
