import type { Browser } from 'playwright-core';
import type { Environment } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { freePort } from '../../tools/servers/ports.ts';
import { openBrowser } from './browser.ts';

/** The whole system at an address of its own, and a browser beside it. */
export type Served = Readonly<{ origin: string; system: System; browser: Browser; stop: () => Promise<void> }>;

export async function serve(executable: string, overrides: Environment = {}): Promise<Served> {
  const port = String(await freePort());
  // By name, as npm start serves it: browsers keep secure cookies of this host.
  const origin = `http://localhost:${port}`;
  const [browser, system] = await Promise.all([
    openBrowser(executable),
    startSystem({ API_PORT: port, PUBLIC_URL: origin, ...overrides }),
  ]);
  const stop = async () => {
    await browser.close();
    await system.stop();
  };
  return { origin, system, browser, stop };
}
