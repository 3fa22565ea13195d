import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';

const changedIdentity = z.object({ userId: z.uuid(), issuer: z.string(), change: z.enum(['linked', 'unlinked']) });
export type ChangedIdentityJobPayload = z.infer<typeof changedIdentity>;
export type IdentityChange = ChangedIdentityJobPayload['change'];

export const sendIdentityChangedEmail = defineJob({ name: 'identities.send-changed-email', payload: changedIdentity });
