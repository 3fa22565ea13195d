import { describe, expect, it } from 'vitest';
import { MOST_MAILS_AN_HOUR } from '../../domain/registration.js';
import { registrationSetup } from '../../testing/registration-setup.js';
import { anEmail, aUser } from '../../testing/user.factory.js';

const ONE_HOUR = 3_600;
const THREE_DAYS = 72 * ONE_HOUR;

describe('asking for another mail', () => {
  it('sends a link that opens the same account', async () => {
    const { register, resendVerification, verifyEmail, runJobs, verificationTokens, users } = registrationSetup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });

    await resendVerification.execute(email);
    await runJobs();
    await verifyEmail.execute(verificationTokens()[1]!);

    expect(verificationTokens()).toHaveLength(2);
    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: 'hash of correct horse' });
  });

  it('enqueues a job for an unknown address too, which finds nothing to do', async () => {
    const { resendVerification, jobs, runJobs, mailer } = registrationSetup();

    await resendVerification.execute(anEmail());

    expect(jobs.enqueued).toHaveLength(1);
    await runJobs();
    expect(mailer.sent).toEqual([]);
  });

  it('sends nothing when the registration has expired', async () => {
    const { register, resendVerification, runJobs, clock, mailer } = registrationSetup();
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
    const { register, resendVerification, runJobs, clock, users, mailer } = registrationSetup();
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
