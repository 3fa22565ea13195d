import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Account,
  inDatabase,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import type { System } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { openPage } from '../browser.ts';
import { chromiumPath } from '../chromium.ts';
import { type Served, serve } from '../served.ts';

const executable = chromiumPath();

(executable ? describe : describe.skip)('the queue dashboard', () => {
  let served: Served;
  let browser: Browser;
  let system: System;
  let admin: Account;
  let origin: string;
  beforeAll(async () => {
    // Without the reference: the page to sign in with is there for the dashboard.
    served = await serve(executable ?? '', { DOCS: 'false' });
    ({ browser, system, origin } = served);
    admin = await signUpOnlyAdministrator(system);
  });
  afterAll(() => served.stop());

  async function signIn(page: Page, { email, password }: Pick<Account, 'email' | 'password'>) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async function openAs(account: Account, path: string) {
    const opened = await openPage(browser, origin + path);
    expect(new URL(opened.page.url()).pathname).toBe('/sign-in');
    await signIn(opened.page, account);
    await opened.page.waitForURL(origin + path);
    return opened;
  }

  async function aDeadLetter(): Promise<string> {
    const id = randomUUID();
    const insert = `INSERT INTO dead_letters (id, name, payload, attempts, error, created_at) VALUES ($1, 'tests.unknown', '{}', 8, 'It broke.', now())`;
    await inDatabase(system, insert, [id]);
    return id;
  }

  async function aReader(): Promise<Account> {
    const account = await signUpWithId(system);
    const role = `queue-readers-${randomUUID()}`;
    await inDatabase(system, `INSERT INTO roles (name, permissions) VALUES ($1, '{queues:read,schedules:read}')`, [
      role,
    ]);
    await inDatabase(system, 'INSERT INTO user_roles (user_id, role_name) VALUES ($1, $2)', [account.id, role]);
    return account;
  }

  it('shows an administrator who signs in with a password the queue, and lets them act on what stands beside it', async () => {
    const letter = await aDeadLetter();
    const { page, complaints } = await openAs(admin, '/admin/queues');
    await page.getByText('jobs', { exact: true }).first().waitFor();
    await page.locator('header button').last().click();
    await page.getByText('Dead letters').click();

    await page.getByRole('row', { name: letter }).getByRole('button', { name: 'Replay' }).click();
    await page.getByText('The job will run again.').waitFor();
    expect(await page.getByRole('row', { name: letter }).count()).toBe(0);

    await page.getByRole('link', { name: 'Schedules' }).click();
    const schedule = page.getByRole('row', { name: 'platform.remove-expired' });
    await schedule.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('The job was enqueued.').waitFor();
    await schedule.getByRole('button', { name: 'Pause' }).click();
    await schedule.getByText('paused').waitFor();
    await schedule.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('The schedule goes on').waitFor();

    const acts = await inDatabase(system, `SELECT type FROM audit_events WHERE actor_id = $1 ORDER BY id`, [admin.id]);
    expect(acts.map(({ type }) => type as string).slice(-4)).toEqual([
      'dead-letter.replayed',
      'schedule.run',
      'schedule.paused',
      'schedule.resumed',
    ]);
    // Who goes to the next page breaks off what Bull Board was just asking.
    expect(complaints.filter((complaint) => !complaint.endsWith('net::ERR_ABORTED'))).toEqual([]);
  });

  it('asks before a job is discarded for good', async () => {
    const letter = await aDeadLetter();
    const { page } = await openAs(admin, `/admin/queues/dead-letters?job=tests.unknown`);
    const discard = page.getByRole('row', { name: letter }).getByRole('button', { name: 'Discard' });

    page.once('dialog', (dialog) => void dialog.dismiss());
    await discard.click();
    expect(await page.getByRole('row', { name: letter }).count()).toBe(1);
    page.once('dialog', (dialog) => void dialog.accept());
    await discard.click();
    await page.getByText('The job was discarded.').waitFor();

    expect(await inDatabase(system, 'SELECT FROM dead_letters WHERE id = $1', [letter])).toEqual([]);
  });

  it('stays open when the access token ends, and closes when its reader signs out', async () => {
    const { page } = await openAs(admin, '/admin/queues/queue/jobs');
    const withoutAccess = () => page.context().clearCookies({ name: '__Host-session' });
    const accessIsBack = async () => {
      const names = (await page.context().cookies()).map(({ name }) => name);
      if (!names.includes('__Host-session')) throw new Error('The session has not been refreshed yet');
    };

    await withoutAccess();
    // Bull Board asks by itself, every few seconds.
    await eventually(accessIsBack);
    await page.waitForURL(`${origin}/admin/queues/queue/jobs`);
    // Away from what asks by itself: it would go to the sign-in page meanwhile.
    await page.goto('about:blank');
    await withoutAccess();
    await page.goto(`${origin}/admin/queues/schedules`);
    await page.waitForURL(`${origin}/admin/queues/schedules`);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByText(`Signed in as ${admin.email}`).waitFor();
    await withoutAccess();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Signed out.').waitFor();

    expect(await page.context().cookies()).toEqual([]);
    await page.goto(`${origin}/admin/queues`);
    await page.getByLabel('Password').waitFor();
  });

  it('shows a reader no buttons, and refuses what they would do', async () => {
    const letter = await aDeadLetter();
    const { page } = await openAs(await aReader(), '/admin/queues/dead-letters');

    await page.getByRole('row', { name: letter }).waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual(['Show']);
    const refused = await page.evaluate(async (id) => {
      const headers = { 'x-csrf-token': document.body.dataset.csrfToken ?? '' };
      const answer = await fetch(`/v1/admin/dead-letters/${id}/replay`, { method: 'POST', headers });
      return (await answer.json()).code as string;
    }, letter);
    expect(refused).toBe('PERMISSION_DENIED');
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByRole('row', { name: 'platform.remove-expired' }).waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('is closed to a user without the permission, who may sign in as somebody else', async () => {
    const user = await signUpWithId(system);
    const { page } = await openAs(user, '/admin/queues');

    await page.getByText('You may not do this').first().waitFor();
    await page.getByRole('link', { name: 'sign in as somebody else' }).click();
    await page.getByText(`Signed in as ${user.email}`).waitFor();
  });

  it('says why somebody is not signed in', async () => {
    const { page } = await openPage(browser, `${origin}/admin/queues`);

    await signIn(page, { email: admin.email, password: 'wrong' });

    await page.getByText('The e-mail address or the password is wrong').waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it.each(['//evil.test', '/%09/evil.test'])('leads nobody who signs in to %s', async (address) => {
    const { page } = await openPage(browser, `${origin}/sign-in?returnTo=${address}`);

    await signIn(page, admin);

    await page.getByText(`Signed in as ${admin.email}`).waitFor();
    expect(new URL(page.url()).origin).toBe(origin);
  });
});
