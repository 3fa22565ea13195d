import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, signUp } from '#platform/testing/system/people.js';
import { openPage } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { type Served, serve } from './served.ts';

const executable = chromiumPath();

type Call = Readonly<{ path: string; method?: string; csrfToken?: string; body?: unknown }>;

/** What a script of the page can do: the browser adds cookies and Origin by itself. */
const call = (page: Page, request: Call) =>
  page.evaluate(async ({ path, method = 'POST', csrfToken, body }: Call) => {
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(csrfToken && { 'x-csrf-token': csrfToken }),
    };
    const response = await fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as { data?: Record<string, string>; code?: string }),
    };
  }, request);

(executable ? describe : describe.skip)('a web client', () => {
  let served: Served;
  let browser: Browser;
  let person: Person;
  let origin: string;
  beforeAll(async () => {
    served = await serve(executable ?? '');
    ({ browser, origin } = served);
    person = await signUp(served.system);
  });
  afterAll(() => served.stop());

  it('stays signed in with nothing that its scripts could give away', async () => {
    const { page } = await openPage(browser, `${origin}/docs`);
    const { email, password } = person;
    const names = async () => (await page.context().cookies()).map(({ name }) => name).sort();

    const signedIn = await call(page, { path: '/v1/auth/login', body: { email, password, transport: 'cookie' } });
    const csrfToken = signedIn.body?.data?.csrfToken ?? '';
    const kept = await names();

    expect(kept).toEqual(['__Host-refresh', '__Host-session']);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect((await call(page, { path: '/v1/me', method: 'GET' })).body?.data?.email).toBe(email);
    expect((await call(page, { path: '/v1/auth/refresh' })).body?.code).toBe('CSRF_TOKEN_INVALID');
    expect((await call(page, { path: '/v1/auth/refresh', csrfToken })).status).toBe(200);
    expect((await call(page, { path: '/v1/me', method: 'PATCH', csrfToken, body: { name: 'Ada' } })).status).toBe(200);
    expect((await call(page, { path: '/v1/auth/logout', csrfToken })).status).toBe(204);
    expect(await names()).toEqual([]);
    expect((await call(page, { path: '/v1/me', method: 'GET' })).status).toBe(401);
  });
});
