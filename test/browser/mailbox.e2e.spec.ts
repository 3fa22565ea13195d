import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Mailbox, startMailbox } from '../../tools/local/mailbox/mailbox.ts';
import { aStranger } from '../people.ts';
import { startSystem, type System } from '../system.ts';
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
    expect(await link.getAttribute('href')).toContain('token=');
    expect(complaints).toEqual([]);
    expect(policy).toContain("script-src 'self'");
  });
});
