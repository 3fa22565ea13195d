import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs.js';

const registration = z.object({ registrationId: z.uuid() });
export type RegistrationJobPayload = z.infer<typeof registration>;

export const sendVerificationEmail = defineJob({ name: 'users.send-verification-email', payload: registration });
