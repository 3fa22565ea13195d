import { describe, expect, it } from '@jest/globals';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { MOST_MAILS_AN_HOUR } from '../../domain/registration.js';
import { EmailTaken, EmailTokenInvalid, PasswordRefused } from '../../domain/user.errors.js';
import { RenewRegistrationHandler } from '../../jobs/renew-registration.handler.js';
import { SendPasswordResetEmailHandler } from '../../jobs/send-password-reset-email.handler.js';
import { SendVerificationEmailHandler } from '../../jobs/send-verification-email.handler.js';
import { InMemoryAccountsRepository } from '../../testing/in-memory-accounts.repository.js';
import { InMemoryPasswordResetsRepository } from '../../testing/in-memory-password-resets.repository.js';
import { InMemoryRegistrationsRepository } from '../../testing/in-memory-registrations.repository.js';
import { PlainPasswordHasher } from '../../testing/plain-password-hasher.js';
import { RecordedAccountMailer } from '../../testing/recorded-account-mailer.js';
import { anEmail, aUser } from '../../testing/user.factory.js';
import { ForgotPassword } from '../passwords/forgot-password.js';
import { NewPasswords } from '../passwords/new-passwords.js';
import { OpenAccount } from './open-account.js';
import { Register } from './register.js';
import { ResendVerification } from './resend-verification.js';
import { VerifyEmail } from './verify-email.js';

const JOB: JobContext = { id: 'a-job', attempt: 1, signal: new AbortController().signal };
const ONE_HOUR = 3600;
const THREE_DAYS = 72 * ONE_HOUR;

function setup() {
  const clock = new StoppedClock();
  const users = new InMemoryAccountsRepository();
  const registrations = new InMemoryRegistrationsRepository();
  const resets = new InMemoryPasswordResetsRepository();
  const [jobs, mailer, audit] = [new RecordedJobs(), new RecordedAccountMailer(), new RecordedAudit()];
  const openAccount = new OpenAccount(users, new ForgotPassword(resets, jobs, clock), audit, clock);
  const transaction = new ImmediateTransaction();
  const newPasswords = new NewPasswords(
    { includes: async (password) => password === 'password1' },
    new PlainPasswordHasher(),
  );
  const handlers = [
    new SendVerificationEmailHandler(registrations, users, mailer, clock),
    new SendPasswordResetEmailHandler(resets, users, mailer, clock),
    new RenewRegistrationHandler(registrations, jobs, clock),
  ] as unknown as JobHandler<unknown>[];
  const emailTokens = {
    verify: (token: string) => (token.startsWith('token of ') ? token.slice('token of '.length) : null),
  };
  return {
    clock,
    users,
    registrations,
    jobs,
    mailer,
    audit,
    register: new Register(newPasswords, registrations, jobs, clock),
    resendVerification: new ResendVerification(registrations, jobs),
    verifyEmail: new VerifyEmail(emailTokens, transaction, registrations, openAccount),
    /** What the worker does with everything that was enqueued. */
    async runJobs() {
      while (jobs.enqueued.length > 0) {
        const { name, payload } = jobs.enqueued.shift()!;
        await handlers.find(({ job }) => job.name === name)?.handle(payload, { ...JOB, id: newId() });
      }
    },
    tokens: () =>
      mailer.sent.flatMap((mail) => ('registrationId' in mail ? [`token of ${String(mail.registrationId)}`] : [])),
  };
}

describe('signing up', () => {
  it('takes a registration, a mail and its link', async () => {
    const { register, verifyEmail, runJobs, tokens, users, mailer, audit } = setup();
    const email = anEmail();

    await register.execute({ email, password: 'correct horse', name: 'Ada' });
    expect(await users.findByEmail(email)).toBeNull();
    await runJobs();
    expect(mailer.sent).toEqual([
      { mail: 'verification', email, registrationId: expect.any(String), messageId: expect.any(String) },
    ]);
    await verifyEmail.execute(tokens()[0]!);

    const user = await users.findByEmail(email);
    expect(user).toMatchObject({
      name: 'Ada',
      passwordHash: 'hash of correct horse',
      emailVerifiedAt: expect.any(Date),
    });
    expect(audit.recorded).toEqual([{ type: 'user.created', actorId: user?.id, subjectId: user?.id }]);
  });

  it('puts neither address nor token into the job', async () => {
    const { register, jobs } = setup();

    await register.execute({ email: anEmail(), password: 'correct horse' });

    expect(jobs.enqueued).toEqual([
      { name: 'users.send-verification-email', payload: { registrationId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    ]);
  });

  it.each(['password1', 'short'])('keeps nothing when the password is as bad as %p', async (password) => {
    const { register, registrations, jobs } = setup();

    await expect(register.execute({ email: anEmail(), password })).rejects.toThrow(PasswordRefused);

    expect(registrations.all.size).toBe(0);
    expect(jobs.enqueued).toEqual([]);
  });

  it('does the same for an address that has an account, and tells its owner by mail', async () => {
    const { register, users, runJobs, mailer } = setup();
    const user = aUser();
    await users.add(user);

    await register.execute({ email: user.email, password: 'something else' });
    await runJobs();

    expect(mailer.sent).toEqual([{ mail: 'already registered', email: user.email, messageId: expect.any(String) }]);
    expect(await users.findById(user.id)).toEqual(user);
  });

  it.each([
    ['their own', 1],
    ["a stranger's from before", 0],
    ["a stranger's from after", 2],
  ])(
    'lets the mailbox choose the password when strangers have proposed others, also when its owner opens %s link',
    async (_, opened) => {
      const { register, verifyEmail, runJobs, tokens, users, mailer } = setup();
      const email = anEmail();
      for (const password of ['planted before', 'my own one', 'planted after']) {
        await register.execute({ email, password, name: password });
        await runJobs();
      }

      await verifyEmail.execute(tokens()[opened]!);
      await runJobs();

      expect(await users.findByEmail(email)).toMatchObject({
        name: null,
        passwordHash: null,
        emailVerifiedAt: expect.any(Date),
      });
      expect(mailer.sent.at(-1)).toMatchObject({ mail: 'password reset', email });
      for (const token of tokens()) await expect(verifyEmail.execute(token)).rejects.toThrow(EmailTokenInvalid);
    },
  );

  it('keeps the password of somebody who registers twice with it', async () => {
    const { register, verifyEmail, runJobs, tokens, users } = setup();
    const email = anEmail();
    for (let i = 0; i < 2; i++) await register.execute({ email, password: 'correct horse' });
    await runJobs();

    await verifyEmail.execute(tokens()[0]!);

    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: 'hash of correct horse' });
  });

  it('lets nobody in whose mail was held back by those of a stranger with the password of the stranger', async () => {
    const { register, verifyEmail, runJobs, tokens, users } = setup();
    const email = anEmail();
    for (let i = 0; i < MOST_MAILS_AN_HOUR; i++) await register.execute({ email, password: 'planted one' });
    await register.execute({ email, password: 'my own one' });
    await runJobs();

    await verifyEmail.execute(tokens().at(-1)!);

    expect(tokens()).toHaveLength(MOST_MAILS_AN_HOUR);
    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: null });
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
    for (const email of [anEmail(), anEmail()]) await register.execute({ email, password: 'correct horse' });
    await runJobs();

    clock.pass(THREE_DAYS - 1);
    await expect(verifyEmail.execute(tokens()[0]!)).resolves.toBeUndefined();
    clock.pass(1);
    await expect(verifyEmail.execute(tokens()[1]!)).rejects.toThrow(EmailTokenInvalid);
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
  it('sends a link that opens the same account', async () => {
    const { register, resendVerification, verifyEmail, runJobs, tokens, users } = setup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });

    await resendVerification.execute(email);
    await runJobs();
    await verifyEmail.execute(tokens()[1]!);

    expect(tokens()).toHaveLength(2);
    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: 'hash of correct horse' });
  });

  it('enqueues a job for an unknown address too, which finds nothing to do', async () => {
    const { resendVerification, jobs, runJobs, mailer } = setup();

    await resendVerification.execute(anEmail());

    expect(jobs.enqueued).toHaveLength(1);
    await runJobs();
    expect(mailer.sent).toEqual([]);
  });

  it('sends nothing when the registration has expired', async () => {
    const { register, resendVerification, runJobs, clock, mailer } = setup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });
    clock.pass(THREE_DAYS);

    await resendVerification.execute(email);
    await runJobs();

    expect(mailer.sent).toEqual([]);
  });
});

describe('a mailbox', () => {
  it.each([
    ['without an account', false],
    ['of somebody with an account', true],
  ])('%s gets few mails an hour, however often one is asked for', async (_, isTaken) => {
    const { register, resendVerification, runJobs, clock, users, mailer } = setup();
    const email = anEmail();
    if (isTaken) await users.add(aUser({ email }));
    await register.execute({ email, password: 'correct horse' });
    for (let i = 0; i < 2 * MOST_MAILS_AN_HOUR; i++) await resendVerification.execute(email);
    await runJobs();

    expect(mailer.sent).toHaveLength(MOST_MAILS_AN_HOUR);

    clock.pass(ONE_HOUR);
    await resendVerification.execute(email);
    await runJobs();
    expect(mailer.sent).toHaveLength(MOST_MAILS_AN_HOUR + 1);
  });
});
