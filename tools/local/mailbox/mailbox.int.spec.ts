import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { startMailbox } from './mailbox.ts';
import type { Mail } from './mails.ts';

async function setup() {
  const mailbox = await startMailbox();
  const transport = createTransport(mailbox.smtpUrl);
  const read = (path: string): Promise<Response> => fetch(mailbox.pageUrl + path);
  return {
    send: (mail: SendMailOptions) => transport.sendMail({ from: 'news@example.test', to: 'ada@example.test', ...mail }),
    messages: async () => (await (await read('/messages')).json()) as Mail[],
    read,
    statusFor: (host: string) => statusFor(`${mailbox.pageUrl}/messages`, host),
    stop: async () => {
      transport.close();
      await mailbox.stop();
    },
  };
}

/** fetch does not let anybody claim another name. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  const [answer] = (await once(get(url, { headers: { host } }), 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe('the mailbox', () => {
  it('shows every mail that can be sent, in each language', async () => {
    const { read, stop } = await setup();

    const list = await (await read('/templates')).text();
    const html = await read('/templates/accounts.verification/de/html');
    const text = await (await read('/templates/accounts.verification/en/text')).text();

    expect(list).toContain('href="/templates/accounts.verification/de/html"');
    expect(await html.text()).toContain('Adresse bestätigen</a>');
    expect(html.headers.get('content-security-policy')).toContain('sandbox');
    expect(text).toContain('Somebody asked for an account');
    expect((await read('/templates/accounts.verification/fr/html')).status).toBe(404);
    await stop();
  });

  it('lists what was sent, newest first', async () => {
    const { send, messages, stop } = await setup();
    await send({ subject: 'First', text: 'one' });
    await send({
      subject: 'Grüße',
      text: 'zwei',
      html: '<p>zwei</p>',
      to: 'ada@example.test',
      bcc: 'grace@example.test',
    });

    const mails = await messages();
    await stop();

    expect(mails).toMatchObject([
      { to: 'ada@example.test, grace@example.test', subject: 'Grüße', text: 'zwei', html: '<p>zwei</p>' },
      { to: 'ada@example.test', subject: 'First', text: 'one' },
    ]);
  });

  it('shows the HTML of a mail without letting it run or load anything', async () => {
    const { send, messages, read, stop } = await setup();
    const marker = randomUUID();
    await send({ subject: 'Hello', html: `<script>alert('${marker}')</script>` });
    const [mail] = await messages();

    const response = await read(`/messages/${mail?.id}/html`);
    const body = await response.text();
    await stop();

    expect(body).toContain(marker);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(/^sandbox(?!.*allow-scripts)(?!.*allow-same-origin).*default-src 'none'/);
  });

  it('has a page that runs its own scripts only', async () => {
    const { read, stop } = await setup();

    const response = await read('/');
    const body = await response.text();
    await stop();

    expect(body).toContain('<h1>Mailbox</h1>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
  });

  it('answers only to names of this machine', async () => {
    const { statusFor, stop } = await setup();

    const statuses = [await statusFor('mails.attacker.example'), await statusFor('localhost:1234')];
    await stop();

    expect(statuses).toEqual([404, 200]);
  });
});
