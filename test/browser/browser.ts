import { type Browser, chromium, type Page } from 'playwright-core';

/** For machines without a display, a sandbox or a way out: the browser asks nobody for anything but the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: FLAGS });

/** Opens a page and remembers everything it complains about, refusals by its security policy included. */
export async function openPage(
  browser: Browser,
  url: string,
): Promise<{ page: Page; complaints: string[]; policy: string }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });

  const response = await page.goto(url);
  return { page, complaints, policy: response?.headers()['content-security-policy'] ?? '' };
}
