import { describe, expect, it } from 'vitest';
import { PasswordRefused } from '../../domain/user.errors.js';
import { registrationSetup } from '../../testing/registration-setup.js';
import { anEmail, aUser } from '../../testing/user.factory.js';

describe('registering', () => {
  it('mails a link, and makes no account before it is opened', async () => {
    const { register, runJobs, users, mailer } = registrationSetup();
    const email = anEmail();

    await register.execute({ email, password: 'correct horse', name: 'Ada', locale: 'de' });
    await runJobs();

    expect(await users.findByEmail(email)).toBeNull();
    expect(mailer.sent).toEqual([
      { mail: 'verification', email, locale: 'de', registrationId: expect.any(String), messageId: expect.any(String) },
    ]);
  });

  it('puts neither address nor token into the job', async () => {
    const { register, jobs } = registrationSetup();

    await register.execute({ email: anEmail(), password: 'correct horse' });

    expect(jobs.enqueued).toEqual([
      { name: 'users.send-verification-email', payload: { registrationId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    ]);
  });

  it.each(['password1', 'short'])('keeps nothing when the password is as bad as %p', async (password) => {
    const { register, registrations, jobs } = registrationSetup();

    await expect(register.execute({ email: anEmail(), password })).rejects.toThrow(PasswordRefused);

    expect(registrations.all.size).toBe(0);
    expect(jobs.enqueued).toEqual([]);
  });

  it('does the same for an address that has an account, and tells its owner by mail', async () => {
    const { register, users, runJobs, mailer } = registrationSetup();
    const user = aUser();
    await users.add(user);

    await register.execute({ email: user.email, password: 'something else' });
    await runJobs();

    expect(mailer.sent).toEqual([{ mail: 'already registered', email: user.email, messageId: expect.any(String) }]);
    expect(await users.findById(user.id)).toEqual(user);
  });
});
