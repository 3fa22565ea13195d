import { describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { RecordedMailer } from '#platform/testing/doubles/recorded-mailer.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { TemplatedIdentityMailer } from './templated-identity-mailer.js';

const ADA = { email: 'ada@example.test', name: 'Ada', locale: null };

function setup(name = 'Acme') {
  const OIDC_PROVIDERS = JSON.stringify([
    { id: 'acme', name, issuer: 'https://acme.example.test/', clientId: 'client' },
  ]);
  const mailer = new RecordedMailer();
  return { mailer, identityMailer: new TemplatedIdentityMailer(mailer, loadEnv(aValidEnv({ OIDC_PROVIDERS }))) };
}

describe('the mail about a way to sign in', () => {
  it.each(['sendLinked', 'sendUnlinked'] as const)(
    'names the provider as people know it, and gives no way in: %s',
    async (send) => {
      const { mailer, identityMailer } = setup();

      await identityMailer[send](ADA, 'https://acme.example.test', 'job-1');

      const [mail] = mailer.sent;
      expect(mail).toMatchObject({
        to: 'ada@example.test',
        messageId: 'job-1',
        subject: expect.stringContaining('Acme'),
      });
      expect(mail?.text).toContain('Acme');
      expect(mail?.text).not.toMatch(/token|https?:/);
    },
  );

  it('tells a new way in from a lost one', async () => {
    const { mailer, identityMailer } = setup();

    await identityMailer.sendLinked(ADA, 'https://acme.example.test', 'job-1');
    await identityMailer.sendUnlinked(ADA, 'https://acme.example.test', 'job-2');

    expect(mailer.sent.map(({ text }) => /unlinked/.test(text))).toEqual([false, true]);
  });

  it('names one that is no longer configured by its address', async () => {
    const { mailer, identityMailer } = setup();

    await identityMailer.sendUnlinked(ADA, 'https://gone.example.test', 'job-1');

    expect(mailer.sent[0]?.text).toContain('https://gone.example.test');
  });

  it('is in the language of who gets it', async () => {
    const { mailer, identityMailer } = setup();

    await identityMailer.sendLinked({ ...ADA, locale: 'de' }, 'https://acme.example.test', 'job-1');
    await identityMailer.sendUnlinked({ ...ADA, locale: 'de' }, 'https://acme.example.test', 'job-2');

    expect(mailer.sent.map(({ subject }) => subject)).toEqual([
      'Ihr Konto lässt sich mit Acme öffnen',
      'Ihr Konto lässt sich nicht mehr mit Acme öffnen',
    ]);
  });

  it('makes no markup of a name', async () => {
    const { mailer, identityMailer } = setup('<b>A&B</b>');

    await identityMailer.sendLinked(ADA, 'https://acme.example.test', 'job-1');

    expect(mailer.sent[0]?.html).not.toContain('<b>');
  });
});
