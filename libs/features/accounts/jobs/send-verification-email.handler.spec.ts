import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { MOST_MAILS_AN_HOUR, type Registration } from '../domain/registration.js';
import { RecordedAccountMailer } from '../testing/recorded-account-mailer.js';
import { InMemoryAccountsRepository } from '../testing/repositories/in-memory-accounts.repository.js';
import { InMemoryRegistrationsRepository } from '../testing/repositories/in-memory-registrations.repository.js';
import { anEmail, aRegistration, aUser, hoursAfterNow, NOW } from '../testing/user.factory.js';
import { SendVerificationEmailHandler } from './send-verification-email.handler.js';

const RUN = { id: 'a-job', attempt: 2, signal: new AbortController().signal };

function setup() {
  const [users, registrations, mailer] = [
    new InMemoryAccountsRepository(),
    new InMemoryRegistrationsRepository(),
    new RecordedAccountMailer(),
  ];
  /** Somebody registers. */
  const register = async (overrides: Partial<Registration> = {}) => {
    const registration = aRegistration(overrides);
    await registrations.add(registration);
    return registration.id;
  };
  return {
    users,
    mailer,
    register,
    handler: new SendVerificationEmailHandler(registrations, users, mailer, new StoppedClock(NOW)),
  };
}

describe('the mail to somebody who registers', () => {
  it('has the link to confirm the address, under the id of the job', async () => {
    const { mailer, register, handler } = setup();
    const email = anEmail();
    const registrationId = await register({ email });

    await handler.handle({ registrationId }, RUN);

    expect(mailer.sent).toEqual([{ mail: 'verification', email, registrationId, messageId: RUN.id }]);
  });

  it('says so when the address has an account', async () => {
    const { users, mailer, register, handler } = setup();
    const user = aUser();
    await users.add(user);

    await handler.handle({ registrationId: await register({ email: user.email }) }, RUN);

    expect(mailer.sent).toEqual([{ mail: 'already registered', email: user.email, messageId: RUN.id }]);
  });

  it(`is the last of ${MOST_MAILS_AN_HOUR} within an hour`, async () => {
    const { mailer, register, handler } = setup();
    const email = anEmail();
    await register({ email, createdAt: hoursAfterNow(-1) });
    for (let mail = 0; mail <= MOST_MAILS_AN_HOUR; mail++)
      await handler.handle({ registrationId: await register({ email }) }, RUN);

    expect(mailer.sent).toHaveLength(MOST_MAILS_AN_HOUR);
  });

  it('is not sent when the address was confirmed meanwhile, or it is too late to confirm it', async () => {
    const { mailer, register, handler } = setup();

    await handler.handle({ registrationId: newId() }, RUN);
    await handler.handle({ registrationId: await register({ createdAt: hoursAfterNow(-72), expiresAt: NOW }) }, RUN);

    expect(mailer.sent).toEqual([]);
  });
});
