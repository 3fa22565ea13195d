import { describe, expect, it } from 'vitest';
import { MOST_MAILS_AN_HOUR } from '../../domain/registration.js';
import { EmailTaken, EmailTokenInvalid } from '../../domain/user.errors.js';
import { registrationSetup } from '../../testing/registration-setup.js';
import { anEmail, aUser } from '../../testing/user.factory.js';

const THREE_DAYS = 72 * 3_600;

describe('opening the link of a registration', () => {
  it('makes the account of somebody who registered', async () => {
    const { register, verifyEmail, runJobs, verificationTokens, users, mailer, audit } = registrationSetup();
    const email = anEmail();

    await register.execute({ email, password: 'correct horse', name: 'Ada' });
    expect(await users.findByEmail(email)).toBeNull();
    await runJobs();
    expect(mailer.sent).toEqual([
      { mail: 'verification', email, registrationId: expect.any(String), messageId: expect.any(String) },
    ]);
    await verifyEmail.execute(verificationTokens()[0]!);

    const user = await users.findByEmail(email);
    expect(user).toMatchObject({
      name: 'Ada',
      passwordHash: 'hash of correct horse',
      emailVerifiedAt: expect.any(Date),
    });
    expect(audit.recorded).toEqual([{ type: 'user.created', actorId: user?.id, subjectId: user?.id }]);
  });

  it.each([
    ['their own', 1],
    ["a stranger's from before", 0],
    ["a stranger's from after", 2],
  ])(
    'lets the mailbox choose the password when strangers have proposed others, also when its owner opens %s link',
    async (_, opened) => {
      const { register, verifyEmail, runJobs, verificationTokens, users, mailer } = registrationSetup();
      const email = anEmail();
      for (const password of ['planted before', 'my own one', 'planted after']) {
        await register.execute({ email, password, name: password });
        await runJobs();
      }

      await verifyEmail.execute(verificationTokens()[opened]!);
      await runJobs();

      expect(await users.findByEmail(email)).toMatchObject({
        name: null,
        passwordHash: null,
        emailVerifiedAt: expect.any(Date),
      });
      expect(mailer.sent.at(-1)).toMatchObject({ mail: 'password reset', email });
      for (const token of verificationTokens())
        await expect(verifyEmail.execute(token)).rejects.toThrow(EmailTokenInvalid);
    },
  );

  it('keeps the password of somebody who registers twice with it', async () => {
    const { register, verifyEmail, runJobs, verificationTokens, users } = registrationSetup();
    const email = anEmail();
    for (let i = 0; i < 2; i++) await register.execute({ email, password: 'correct horse' });
    await runJobs();

    await verifyEmail.execute(verificationTokens()[0]!);

    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: 'hash of correct horse' });
  });

  it("does not use a stranger's password when the stranger's mails held back the owner's", async () => {
    const { register, verifyEmail, runJobs, verificationTokens, users } = registrationSetup();
    const email = anEmail();
    for (let i = 0; i < MOST_MAILS_AN_HOUR; i++) await register.execute({ email, password: 'planted one' });
    await register.execute({ email, password: 'my own one' });
    await runJobs();

    await verifyEmail.execute(verificationTokens().at(-1)!);

    expect(verificationTokens()).toHaveLength(MOST_MAILS_AN_HOUR);
    expect(await users.findByEmail(email)).toMatchObject({ passwordHash: null });
  });
});

describe('verifying an address', () => {
  it('works once', async () => {
    const { register, verifyEmail, runJobs, verificationTokens } = registrationSetup();
    await register.execute({ email: anEmail(), password: 'correct horse' });
    await runJobs();
    await verifyEmail.execute(verificationTokens()[0]!);

    await expect(verifyEmail.execute(verificationTokens()[0]!)).rejects.toThrow(EmailTokenInvalid);
  });

  it('works for three days', async () => {
    const { register, verifyEmail, runJobs, verificationTokens, clock } = registrationSetup();
    for (const email of [anEmail(), anEmail()]) await register.execute({ email, password: 'correct horse' });
    await runJobs();

    clock.pass(THREE_DAYS - 1);
    await expect(verifyEmail.execute(verificationTokens()[0]!)).resolves.toBeUndefined();
    clock.pass(1);
    await expect(verifyEmail.execute(verificationTokens()[1]!)).rejects.toThrow(EmailTokenInvalid);
  });

  it('refuses what we did not make', async () => {
    await expect(registrationSetup().verifyEmail.execute('nonsense')).rejects.toThrow(EmailTokenInvalid);
  });

  it('says so when the address got an account in another way meanwhile', async () => {
    const { register, verifyEmail, runJobs, verificationTokens, users } = registrationSetup();
    const email = anEmail();
    await register.execute({ email, password: 'correct horse' });
    await runJobs();
    await users.add(aUser({ email }));

    await expect(verifyEmail.execute(verificationTokens()[0]!)).rejects.toThrow(EmailTaken);
  });
});
