import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import type { Mail } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** A mail server that keeps what it is sent. */
async function setup() {
  const received: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('unknown') ? new Error('No such mailbox here') : undefined),
    onData: (stream, _session, done) => {
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => void received.push(mail))
        .then(() => done(), done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const { port } = server.server.address() as AddressInfo;
  const mailer = new SmtpMailer(loadEnv(aValidEnv({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Shop <shop@example.test>', PUBLIC_URL: 'https://api.example.test' })));
  closing.push(() => mailer.onApplicationShutdown());
  return { mailer, received };
}

const aMail = (overrides: Partial<Mail> = {}): Mail => ({
  to: 'ada@example.test',
  subject: 'Grüße',
  text: 'plain – text',
  html: '<p>rich</p>',
  messageId: 'job-1',
  ...overrides,
});

describe('SmtpMailer', () => {
  it('sends both bodies, from the configured sender, under an id that the caller fixes', async () => {
    const { mailer, received } = await setup();

    await mailer.send(aMail());
    await mailer.send(aMail());

    expect(received).toHaveLength(2);
    expect(received[0]).toMatchObject({
      from: { name: 'Shop', address: 'shop@example.test' },
      to: [{ address: 'ada@example.test' }],
      subject: 'Grüße',
      messageId: '<job-1@api.example.test>',
      text: 'plain – text\n',
      html: '<p>rich</p>\n',
    });
    expect(received[1]?.messageId).toBe(received[0]?.messageId);
  });

  it('takes an address as one address, whatever is in it', async () => {
    const { mailer, received } = await setup();

    await mailer.send(aMail({ to: 'a@example.test, b@example.test' })).catch(() => undefined);
    await mailer.send(aMail({ to: 'c@example.test', subject: 'x\r\nBcc: d@example.test' }));

    expect(received.flatMap(({ to }) => to ?? []).map(({ address }) => address)).not.toContain('b@example.test');
    expect(received.flatMap(({ bcc }) => bcc ?? [])).toEqual([]);
  });

  it('fails when the mailbox is refused, so that the job is tried again', async () => {
    const { mailer } = await setup();

    await expect(mailer.send(aMail({ to: 'unknown@example.test' }))).rejects.toThrow(/recipient/i);
  });
});
