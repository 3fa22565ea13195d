import type { JobHandler } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { FindRecipient } from '../application/profile/find-recipient.js';
import { RenewRegistrationHandler } from '../jobs/renew-registration.handler.js';
import { SendPasswordChangedEmailHandler } from '../jobs/send-password-changed-email.handler.js';
import { SendPasswordResetEmailHandler } from '../jobs/send-password-reset-email.handler.js';
import { SendVerificationEmailHandler } from '../jobs/send-verification-email.handler.js';
import type { accountsSetup } from './accounts-setup.js';
import { RecordedAccountMailer } from './recorded-account-mailer.js';

/** Does what was enqueued, and keeps the mails. */
export function workerOf({ users, registrations, resets, jobs, clock }: ReturnType<typeof accountsSetup>) {
  const mailer = new RecordedAccountMailer();
  // Each takes the payload of its own job, which is what it is given.
  const handlers = [
    new SendVerificationEmailHandler(registrations, users, mailer, clock),
    new RenewRegistrationHandler(registrations, jobs, clock),
    new SendPasswordResetEmailHandler(resets, users, mailer, clock),
    new SendPasswordChangedEmailHandler(new FindRecipient(users), mailer),
  ] as unknown as JobHandler<unknown>[];
  const idsIn = (name: string) =>
    mailer.sent.flatMap((mail) => (name in mail ? [String((mail as Record<string, unknown>)[name])] : []));
  return {
    mailer,
    /** Until nothing is left, also of what jobs enqueue. */
    async runJobs(): Promise<void> {
      for (let job = jobs.enqueued.shift(); job; job = jobs.enqueued.shift()) {
        const { name, payload } = job;
        const handler = handlers.find(({ job: { name: handled } }) => handled === name);
        if (!handler) throw new Error(`Nobody handles ${name}`);
        await handler.handle(payload, { id: newId(), attempt: 1, signal: new AbortController().signal });
      }
    },
    /** Of the links in the mails so far, the oldest first. */
    verificationTokens: () => idsIn('registrationId'),
    resetTokens: () => idsIn('resetId'),
  };
}
