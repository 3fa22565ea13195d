import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';

const registration = z.object({ registrationId: z.uuid() });
export type RegistrationJobPayload = z.infer<typeof registration>;

export const renewRegistration = defineJob({ name: 'users.renew-registration', payload: registration });
export const sendVerificationEmail = defineJob({ name: 'users.send-verification-email', payload: registration });

const passwordReset = z.object({ resetId: z.uuid() });
export type PasswordResetJobPayload = z.infer<typeof passwordReset>;

export const sendPasswordResetEmail = defineJob({ name: 'users.send-password-reset-email', payload: passwordReset });

const changedPassword = z.object({ userId: z.uuid() });
export type ChangedPasswordJobPayload = z.infer<typeof changedPassword>;

export const sendPasswordChangedEmail = defineJob({
  name: 'users.send-password-changed-email',
  payload: changedPassword,
});
