import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStranger } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { type Mailbox, startMailbox } from '../../tools/local/mailbox/mailbox.ts';
import type { Mail } from '../../tools/local/mailbox/mails.ts';
import { openBrowser, openPage } from './browser.ts';
import { chromiumPath } from './chromium.ts';

const executable = chromiumPath();

(executable ? describe : describe.skip)('the mailbox page', () => {
  let browser: Browser;
  let mailbox: Mailbox;
  let system: System;
  beforeAll(async () => {
    [browser, mailbox] = await Promise.all([openBrowser(executable ?? ''), startMailbox()]);
    system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
    await mailbox.stop();
  });

  it('shows the mail of somebody who registers while it is open', async () => {
    const stranger = aStranger();
    const { page, complaints, policy } = await openPage(browser, mailbox.pageUrl);

    await system.client.post('/v1/auth/register', stranger);
    await page.getByText(stranger.email).first().click();

    const link = page.frameLocator('iframe').getByRole('link').first();
    expect(await link.getAttribute('href')).toContain('#token=');
    expect(complaints).toEqual([]);
    expect(policy).toContain("script-src 'self'");
  });

  it('leads to pages that confirm an address and change a password, without a web client', async () => {
    const stranger = aStranger();
    const password = `another ${stranger.password}`;
    const linkIn = (subject: RegExp) =>
      eventually(async () => {
        const mails = (await (await fetch(`${mailbox.pageUrl}/messages`)).json()) as Mail[];
        const mail = mails.find((candidate) => candidate.to === stranger.email && subject.test(candidate.subject));
        return /^http.*#token=.*$/m.exec(mail?.text ?? '')?.[0] ?? Promise.reject(new Error('There is no mail yet'));
      });

    await system.client.post('/v1/auth/register', stranger);
    const confirmation = await openPage(browser, await linkIn(/confirm/i));
    await confirmation.page.getByRole('button', { name: 'Confirm' }).click();
    await confirmation.page.getByText('you can sign in now').waitFor();
    await system.client.post('/v1/auth/password/forgot', { email: stranger.email });
    const reset = await openPage(browser, await linkIn(/new password/i));
    await reset.page.getByLabel('New password').fill(password);
    await reset.page.getByRole('button', { name: 'Change the password' }).click();
    await reset.page.getByText('Your password is changed').waitFor();

    expect((await system.client.post('/v1/auth/login', { email: stranger.email, password })).status).toBe(200);
    expect([confirmation.page.url(), reset.page.url()]).toEqual([
      `${system.api.url}/verify-email`,
      `${system.api.url}/reset-password`,
    ]);
    expect([...confirmation.complaints, ...reset.complaints]).toEqual([]);
  });
});
