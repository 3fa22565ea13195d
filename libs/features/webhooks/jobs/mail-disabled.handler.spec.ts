import { expect, it } from 'vitest';
import type { FindRecipient, Recipient } from '#features/accounts/index.js';
import { RecordedMailer } from '#platform/testing/doubles/recorded-mailer.js';
import type { Endpoint } from '../domain/endpoint.js';
import { TemplatedWebhookMailer } from '../infrastructure/templated-webhook-mailer.js';
import { setup } from '../testing/setup.js';
import { MailDisabledHandler } from './mail-disabled.handler.js';

const ADA = { email: 'ada@example.test', name: null, locale: null };
const CONTEXT = { id: 'job-1', attempt: 1, signal: new AbortController().signal };

async function mailing(state: Partial<Endpoint>, recipient: Recipient | null = ADA) {
  const { endpoints, endpoint } = await setup({ url: 'https://receiver.example/hooks?key=secret', ...state });
  const mailer = new RecordedMailer();
  const findRecipient = { execute: async () => recipient } as Partial<FindRecipient> as FindRecipient;
  const handler = new MailDisabledHandler(endpoints, findRecipient, new TemplatedWebhookMailer(mailer));
  await handler.handle({ endpointId: endpoint.id, reason: 'failing' }, CONTEXT);
  return mailer.sent;
}

it('tells the maker which server hears nothing any more, and why', async () => {
  const [mail, ...more] = await mailing({ disabledBecause: 'failing' });

  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: ADA.email, messageId: 'job-1' });
  for (const text of [mail?.text, mail?.html]) {
    expect(text).toContain('https://receiver.example');
    expect(text).toContain('five days');
    expect(text).not.toContain('secret');
  }
});

it('speaks the language of the maker', async () => {
  const [mail] = await mailing({ disabledBecause: 'failing' }, { ...ADA, locale: 'de' });

  expect(mail?.subject).toBe('Eine Ihrer Webhook-Adressen wurde abgeschaltet');
});

it('tells nobody of what is enabled again, or of somebody who is gone', async () => {
  expect(await mailing({ disabledBecause: null })).toEqual([]);
  expect(await mailing({ disabledBecause: 'failing' }, null)).toEqual([]);
});
