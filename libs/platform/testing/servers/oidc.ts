import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  newSigningKey,
  type Person as ProviderPerson,
  type ProviderSettings,
  SETTINGS_VARIABLE,
} from '../../../../tools/oidc-provider/settings.ts';
import { freePort } from '../../../../tools/servers/ports.ts';
import { isReady, startTethered } from '../../../../tools/servers/tethered-process.ts';
import { RUN_ENVIRONMENT } from '../system/run-environment.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const MOST_REDIRECTS = 20;

export type OidcProvider = Readonly<{ issuer: string; stop: () => Promise<void> }>;

/** The OpenID provider of `npm start`, with other people in it. */
export async function startOidcProvider(
  settings: Omit<ProviderSettings, 'issuer' | 'signingKey'>,
  port?: number,
): Promise<OidcProvider> {
  const issuer = `http://127.0.0.1:${port ?? (await freePort())}`;
  const running = startTethered({
    command: process.execPath,
    args: ['tools/oidc-provider/server.ts'],
    cwd: join(ROOT),
    env: {
      ...RUN_ENVIRONMENT,
      [SETTINGS_VARIABLE]: JSON.stringify({ ...settings, issuer, signingKey: newSigningKey() }),
    },
    output: 'pipe',
    stopSignal: 'SIGTERM',
  });
  const answers = () =>
    fetch(`${issuer}/.well-known/openid-configuration`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await isReady(running, answers))) throw new Error('The OpenID provider did not start');
  return { issuer, stop: running.stop };
}

export function aProviderPerson(overrides: Partial<ProviderPerson> = {}): ProviderPerson {
  const id = randomBytes(8).toString('hex');
  return {
    id,
    name: `Person ${id}`,
    email: `${id}@example.test`,
    isEmailVerified: true,
    password: `password of ${id}`,
    ...overrides,
  };
}

/** PKCE as a client makes it. */
export function aVerifier(): Readonly<{ codeVerifier: string; codeChallenge: string }> {
  const codeVerifier = randomBytes(32).toString('base64url');
  return { codeVerifier, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') };
}

type Cookie = Readonly<{ host: string; path: string; name: string; value: string }>;

/** Follows redirects and keeps cookies, by host, port and path, and remembers every address it was at. */
export class Browser {
  readonly visited: string[] = [];
  private cookies: readonly Cookie[] = [];

  /** Goes on until there is a page, or an address that `isEnd` recognises and that nobody asks. */
  async open(
    url: string,
    isEnd: (url: string) => boolean,
    init: RequestInit = {},
  ): Promise<Readonly<{ url: string; status: number; body: string }>> {
    let [at, options] = [url, init];
    for (let hops = 0; hops < MOST_REDIRECTS; hops++) {
      this.visited.push(at);
      if (isEnd(at)) return { url: at, status: 0, body: '' };
      const response = await this.request(at, options);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status >= 400)
        return { url: at, status: response.status, body: await response.text() };
      [at, options] = [new URL(location, at).href, {}];
    }
    throw new Error(`Too many redirects, the last to ${at}`);
  }

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { host, pathname } = new URL(url);
    const cookie = this.cookies
      .filter((one) => one.host === host && pathname.startsWith(one.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; ?path=([^;]+)/i.exec(line)?.[1] ?? '/';
      const others = this.cookies.filter((one) => one.host !== host || one.path !== path || one.name !== name);
      this.cookies = value === '' ? others : [...others, { host, path, name, value }];
    }
    return response;
  }

  /** Signs in on the page of the provider that the browser has been sent to. @returns where that led */
  async signInAt(
    page: Readonly<{ url: string; body: string }>,
    person: ProviderPerson,
    isEnd: (url: string) => boolean,
  ) {
    const action = /action="([^"]+)"/.exec(page.body)?.[1];
    if (action === undefined) throw new Error(`No form to sign in with at ${page.url}:\n${page.body}`);
    const body = new URLSearchParams({ login: person.email, password: person.password });
    return this.open(new URL(action, page.url).href, isEnd, { method: 'POST', body });
  }
}
