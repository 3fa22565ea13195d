import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aProviderPerson, type OidcProvider, startOidcProvider } from '#platform/testing/servers/oidc.js';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { freePort } from '../../../tools/servers/ports.ts';
import { openBrowser, openPage } from '../browser.ts';
import { chromiumPath } from '../chromium.ts';

const executable = chromiumPath();
const SECRET = 'a secret of the tests, for the tests';
const person = aProviderPerson();

(executable ? describe : describe.skip)('the page to sign in with', () => {
  let browser: Browser;
  let provider: OidcProvider;
  let api: Program;
  let pageUrl: string;
  beforeAll(async () => {
    const port = await freePort();
    // By name, as npm start serves it: the cookie is a secure one, and browsers make an exception for this host.
    const origin = `http://localhost:${port}`;
    pageUrl = `${origin}/sign-in`;
    provider = await startOidcProvider({
      people: [person],
      clients: [
        {
          client_id: 'web',
          client_secret: SECRET,
          redirect_uris: [`${origin}/v1/auth/oidc/local/callback`, `${origin}/v1/auth/oidc/form/callback`],
        },
      ],
    });
    const settings = {
      id: 'local',
      name: 'Local provider',
      issuer: provider.issuer,
      clientId: 'web',
      clientSecret: SECRET,
    };
    const answersByForm = { ...settings, id: 'form', name: 'A provider that posts', responseMode: 'form_post' };
    const env = {
      API_PORT: String(port),
      PUBLIC_URL: origin,
      OIDC_PROVIDERS: JSON.stringify([settings, answersByForm]),
    };
    [browser, api] = await Promise.all([openBrowser(executable ?? ''), start('api', systemEnvironment(env))]);
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await provider.stop();
  });

  async function goToProvider(name = 'Local provider') {
    const opened = await openPage(browser, pageUrl);
    const addresses: string[] = [];
    opened.page.on('framenavigated', (frame) => addresses.push(frame.url()));
    await opened.page.getByRole('button', { name: `Sign in with ${name}` }).click();
    await opened.page.waitForURL(`${provider.issuer}/**`);
    return { ...opened, addresses };
  }

  it('leads back from a provider that answers with a form, which other sites cannot do with the usual cookie', async () => {
    const { page, complaints, addresses } = await goToProvider('A provider that posts');

    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`Signed in as ${person.email}`).waitFor();

    expect(complaints).toEqual([]);
    expect(addresses.join(' ')).not.toMatch(/\/form\/callback\?/);
  });

  it('leads to the provider and back, and shows who signed in, without a complaint and under a strict policy', async () => {
    const { page, complaints, policy, addresses } = await goToProvider();

    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`Signed in as ${person.email}`).waitFor();

    expect(complaints).toEqual([]);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toContain('unsafe');
    expect(page.url()).toBe(pageUrl);
    expect(addresses.join(' ')).not.toMatch(/eyJ[\w-]+\./);
  });

  it('keeps the secret of the browser from every script', async () => {
    const { page } = await goToProvider();
    await page.goBack();

    const cookies = await page.context().cookies(pageUrl);

    expect(await page.evaluate('document.cookie')).toBe('');
    expect(cookies).toContainEqual(
      expect.objectContaining({ name: '__Host-sign-in', httpOnly: true, secure: true, sameSite: 'Lax' }),
    );
  });

  it('says what happened when somebody cancels at the provider', async () => {
    const { page } = await goToProvider();

    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByText('The provider did not sign anybody in').waitFor();

    expect(await page.getByLabel('Password').isVisible()).toBe(true);
    expect(page.url()).toBe(pageUrl);
  });
});
