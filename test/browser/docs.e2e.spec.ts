import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { openBrowser, openPage } from './browser.ts';
import { chromiumPath } from './chromium.ts';

const executable = chromiumPath();

(executable ? describe : describe.skip)('the interactive reference', () => {
  let browser: Browser;
  let api: Program;
  beforeAll(async () => {
    [browser, api] = await Promise.all([openBrowser(executable ?? ''), start('api', systemEnvironment())]);
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
  });

  it('shows every operation, without a complaint and under a strict policy', async () => {
    const { paths } = (await (await fetch(`${api.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods));

    const { page, complaints, policy } = await openPage(browser, `${api.url}/docs`);
    await page
      .locator('.opblock')
      .nth(operations.length - 1)
      .waitFor();

    expect(await page.locator('.opblock').count()).toBe(operations.length);
    expect(complaints).toEqual([]);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
  });

  it('shows what an operation takes and answers', async () => {
    const { page, complaints } = await openPage(browser, `${api.url}/docs`);

    await page.locator('.opblock', { hasText: '/v1/users' }).first().click();

    await page.getByText('Responses', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});
