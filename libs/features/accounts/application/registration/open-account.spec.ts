import { expect, it } from 'vitest';
import { EmailTaken, EmailTokenInvalid } from '../../domain/user.errors.js';
import { registrationSetup } from '../../testing/registration-setup.js';
import { aRegistration } from '../../testing/user.factory.js';

const THREE_DAYS = 72 * 3_600;

it('makes a user of a registration, with a verified address, on record', async () => {
  const { openAccount, users, audit, clock, jobs } = registrationSetup();
  const { email, name, passwordHash, ...registration } = aRegistration({ name: 'Ada' });

  await openAccount.execute({ email, name, passwordHash, ...registration });

  const user = await users.findByEmail(email);
  expect(user).toMatchObject({ name, passwordHash, status: 'active', emailVerifiedAt: clock.now() });
  expect(user?.id).not.toBe(registration.id);
  expect(audit.recorded).toEqual([{ type: 'user.created', actorId: user?.id, subjectId: user?.id }]);
  expect(jobs.enqueued).toEqual([]);
});

it('mails a link to choose a password when the registration has none', async () => {
  const { openAccount, runJobs, mailer } = registrationSetup();
  const registration = aRegistration({ passwordHash: null });

  await openAccount.execute(registration);
  await runJobs();

  expect(mailer.sent).toMatchObject([{ mail: 'password reset', email: registration.email }]);
});

it('makes no user when the time is over, or the address has an account', async () => {
  const { openAccount, aStoredUser, users, audit, clock } = registrationSetup();
  const [taken, late] = [await aStoredUser(), aRegistration()];

  await expect(openAccount.execute(aRegistration({ email: taken.email }))).rejects.toThrow(EmailTaken);
  clock.pass(THREE_DAYS);
  await expect(openAccount.execute(late)).rejects.toThrow(EmailTokenInvalid);

  expect([await users.findByEmail(late.email), audit.recorded]).toEqual([null, []]);
});
