import { describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordedMailer } from '#platform/testing/doubles/recorded-mailer.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { OpaqueEmailTokens } from '../opaque-email-tokens.js';
import { OpaqueResetTokens } from '../opaque-reset-tokens.js';
import { TemplatedAccountMailer } from './templated-account-mailer.js';

const ADA = { email: 'ada@example.test', locale: null };

function setup(overrides: Record<string, string> = {}) {
  const config = loadEnv(aValidEnv({ PUBLIC_URL: 'https://api.example.test', ...overrides }));
  const mailer = new RecordedMailer();
  const emailTokens = new OpaqueEmailTokens(config);
  const resetTokens = new OpaqueResetTokens(config);
  return {
    mailer,
    emailTokens,
    resetTokens,
    accountMailer: new TemplatedAccountMailer(mailer, emailTokens, resetTokens, config),
  };
}

describe('the verification mail', () => {
  it('has a link, and the token on a line of its own', async () => {
    const { mailer, emailTokens, accountMailer } = setup();
    const registrationId = newId();

    await accountMailer.sendVerification(ADA, registrationId, 'job-1');

    const [mail] = mailer.sent;
    const token = emailTokens.issue(registrationId);
    expect(mail).toMatchObject({ to: 'ada@example.test', messageId: 'job-1' });
    expect(mail?.text.split('\n')).toEqual(
      expect.arrayContaining([token, `https://api.example.test/verify-email#token=${token}`]),
    );
    expect(mail?.html).toContain(`href="https://api.example.test/verify-email#token=${token}"`);
    expect(emailTokens.verify(token)).toBe(registrationId);
  });

  it('leads to the web client where there is one', async () => {
    const { mailer, accountMailer } = setup({ WEB_URL: 'https://www.example.test' });

    await accountMailer.sendVerification(ADA, newId(), 'job-1');

    expect(mailer.sent[0]?.text).toContain('https://www.example.test/verify-email#token=');
  });

  it('is the same when it has to be sent again', async () => {
    const { mailer, accountMailer } = setup();
    const registrationId = newId();

    await accountMailer.sendVerification(ADA, registrationId, 'job-1');
    await accountMailer.sendVerification(ADA, registrationId, 'job-1');

    expect(mailer.sent[0]).toEqual(mailer.sent[1]);
  });
});

it('writes in the language of who gets it', async () => {
  const { mailer, accountMailer } = setup();

  await accountMailer.sendVerification({ ...ADA, locale: 'de' }, newId(), 'job-1');
  await accountMailer.sendAlreadyRegistered({ ...ADA, locale: 'de' }, 'job-2');
  await accountMailer.sendPasswordReset({ ...ADA, locale: 'de' }, newId(), 'job-3');
  await accountMailer.sendPasswordChanged({ ...ADA, locale: 'de' }, 'job-4');

  expect(mailer.sent.map(({ subject }) => subject)).toEqual([
    'Bestätigen Sie Ihre E-Mail-Adresse',
    'Sie haben schon ein Konto',
    'Wählen Sie ein neues Passwort',
    'Ihr Passwort wurde geändert',
  ]);
});

describe('the mail about an account that exists', () => {
  it('gives no way in', async () => {
    const { mailer, accountMailer } = setup();

    await accountMailer.sendAlreadyRegistered(ADA, 'job-1');

    expect(mailer.sent).toEqual([
      expect.objectContaining({
        to: 'ada@example.test',
        messageId: 'job-1',
        text: expect.not.stringContaining('token'),
      }),
    ]);
  });
});

describe('the mail to choose a new password', () => {
  it('has a link, and the token on a line of its own', async () => {
    const { mailer, resetTokens, accountMailer } = setup();
    const resetId = newId();

    await accountMailer.sendPasswordReset(ADA, resetId, 'job-1');

    const [mail] = mailer.sent;
    const token = resetTokens.issue(resetId);
    expect(mail).toMatchObject({ to: 'ada@example.test', messageId: 'job-1' });
    expect(mail?.text.split('\n')).toEqual(
      expect.arrayContaining([token, `https://api.example.test/reset-password#token=${token}`]),
    );
    expect(mail?.html).toContain(`href="https://api.example.test/reset-password#token=${token}"`);
    expect(resetTokens.verify(token)).toBe(resetId);
  });

  it('has a token that verifies no address, and the other way round', () => {
    const { emailTokens, resetTokens } = setup();
    const id = newId();

    expect(emailTokens.verify(resetTokens.issue(id))).toBeNull();
    expect(resetTokens.verify(emailTokens.issue(id))).toBeNull();
  });
});

describe('the mail about a changed password', () => {
  it('gives no way in', async () => {
    const { mailer, accountMailer } = setup();

    await accountMailer.sendPasswordChanged(ADA, 'job-1');

    expect(mailer.sent).toEqual([
      expect.objectContaining({
        to: 'ada@example.test',
        messageId: 'job-1',
        text: expect.not.stringContaining('token'),
      }),
    ]);
  });
});
