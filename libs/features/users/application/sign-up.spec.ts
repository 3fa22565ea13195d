import { describe, expect, it } from '@jest/globals';
import type { JobContext } from '#platform/kernel/jobs.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { EmailTaken, EmailTokenInvalid, PasswordRefused } from '../domain/user.errors.js';
import { SendVerificationEmailHandler } from '../jobs/send-verification-email.handler.js';
import { InMemoryRegistrationsRepository } from '../testing/in-memory-registrations.repository.js';
import { InMemoryUsersRepository } from '../testing/in-memory-users.repository.js';
import { PlainPasswordHasher } from '../testing/plain-password-hasher.js';
import { RecordedAccountMailer } from '../testing/recorded-account-mailer.js';
import { anEmail, aUser } from '../testing/user.factory.js';
import { NewPasswords } from './new-passwords.js';
import { Register } from './register.js';
import { ResendVerification } from './resend-verification.js';
import { VerifyEmail } from './verify-email.js';

const JOB: JobContext = { id: 'a-job', attempt: 1, signal: new AbortController().signal };
const THREE_DAYS = 3 * 24 * 3600;

function setup() {
  const clock = new StoppedClock();
  const users = new InMemoryUsersRepository();
  const registrations = new InMemoryRegistrationsRepository(users);
  const jobs = new RecordedJobs();
  const mailer = new RecordedAccountMailer();
  const newPasswords = new NewPasswords({ includes: async (password) => password === 'password1' }, new PlainPasswordHasher());
  const handler = new SendVerificationEmailHandler(registrations, users, mailer, clock);
  const emailTokens = { open: (token: string) => (token.startsWith('token of ') ? token.slice('token of '.length) : null) };
  return {
    clock, users, registrations, jobs, mailer,
    register: new Register(newPasswords, registrations, jobs, clock),
    resendVerification: new ResendVerification(registrations, jobs),
    verifyEmail: new VerifyEmail(emailTokens, registrations, clock),
    /** What the worker does with everything that was enqueued. */
    async runJobs() {
      for (const { payload } of jobs.enqueued.splice(0)) await handler.handle(payload as { registrationId: string }, JOB);
    },
    tokens: () => mailer.sent.flatMap((mail) => ('registrationId' in mail ? [`token of ${String(mail.registrationId)}`] : [])),
  };
}

describe('signing up', () => {
  it('takes a registration, a mail and its link', async () => {
    const { register, verifyEmail, runJobs, tokens, users, mailer } = setup();
    const email = anEmail();

    await register.execute({ email, password: 'correct horse', name: 'Ada' });
    expect(await users.findByEmail(email)).toBeNull();
    await runJobs();
    expect(mailer.sent).toEqual([{ mail: 'verification', email, registrationId: expect.any(String), messageId: 'a-job' }]);
    await verifyEmail.execute(tokens()[0]!);

    expect(await users.findByEmail(email)).toMatchObject({ name: 'Ada', passwordHash: 'hash of correct horse', emailVerifiedAt: expect.any(Date) });
  });

  it('puts neither address nor token into the job', async () => {
    const { register, jobs } = setup();

    await register.execute({ email: anEmail(), password: 'correct horse' });

    expect(jobs.enqueued).toEqual([{ name: 'users.send-verification-email', payload: { registrationId: expect.stringMatching(/^[0-9a-f-]{36}$/) } }]);
  });

  it.each(['password1', 'short'])('keeps nothing when the password is as bad as %p', async (password) => {
    const { register, registrations, jobs } = setup();

    await expect(register.execute({ email: anEmail(), password })).rejects.toThrow(PasswordRefused);

    expect(registrations.all.size).toBe(0);
    expect(jobs.enqueued).toEqual([]);
  });

  it('does the same for an address that has an account, and tells its owner by mail', async () => {
    const { register, users, runJobs, mailer, registrations } = setup();
    const user = aUser();
    await users.add(user);

    await register.execute({ email: user.email, password: 'something else' });
    await runJobs();

    expect(mailer.sent).toEqual([{ mail: 'already registered', email: user.email, messageId: 'a-job' }]);
    expect(registrations.all.size).toBe(0);
    expect(await users.findById(user.id)).toEqual(user);
  });

  it('gives the owner of the mailbox the password of the link they opened, not the one a stranger planted before or after', async () => {
    const { register, verifyEmail, runJobs, tokens, users } = setup();
    const email = anEmail();
    for (const password of ['planted before', 'my own one', 'planted after']) {
      await register.execute({ email, password });
      await runJobs();
    }
    const [before, own, after] = tokens();

    await verifyEmail.execute(own!);

    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: 'hash of my own one' });
    for (const planted of [before, after]) await expect(verifyEmail.execute(planted!)).rejects.toThrow(EmailTokenInvalid);
  });
});

describe('verifying an address', () => {
  it('works once', async () => {
    const { register, verifyEmail, runJobs, tokens } = setup();
    await register.execute({ email: anEmail(), password: 'correct horse' });
    await runJobs();
    await verifyEmail.execute(tokens()[0]!);

    await expect(verifyEmail.execute(tokens()[0]!)).rejects.toThrow(EmailTokenInvalid);
  });

  it('works for three days', async () => {
    const { register, verifyEmail, runJobs, tokens, clock } = setup();
    await register.execute({ email: anEmail(), password: 'correct horse' });
    await runJobs();

    clock.pass(THREE_DAYS);
    await expect(verifyEmail.execute(tokens()[0]!)).rejects.toThrow(EmailTokenInvalid);
    clock.pass(-1);
    await expect(verifyEmail.execute(tokens()[0]!)).resolves.toBeUndefined();
  });

  it('refuses what we did not make', async () => {
    await expect(setup().verifyEmail.execute('nonsense')).rejects.toThrow(EmailTokenInvalid);
  });

  it('says so when the address got an account in another way meanwhile', async () => {
    const { register, verifyEmail, runJobs, tokens, users } = setup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });
    await runJobs();
    await users.add(aUser({ email }));

    await expect(verifyEmail.execute(tokens()[0]!)).rejects.toThrow(EmailTaken);
  });
});

describe('asking for another mail', () => {
  it('sends the link of the latest registration again', async () => {
    const { register, resendVerification, runJobs, tokens } = setup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });
    await runJobs();

    await resendVerification.execute(email);
    await runJobs();

    expect(tokens()).toHaveLength(2);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('enqueues a job for an unknown address too, which finds nothing to do', async () => {
    const { resendVerification, jobs, runJobs, mailer } = setup();

    await resendVerification.execute(anEmail());

    expect(jobs.enqueued).toHaveLength(1);
    await runJobs();
    expect(mailer.sent).toEqual([]);
  });

  it('sends no link that would not work any more', async () => {
    const { register, resendVerification, runJobs, clock, mailer } = setup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });
    clock.pass(THREE_DAYS);

    await resendVerification.execute(email);
    await runJobs();

    expect(mailer.sent).toEqual([]);
  });
});
