import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#platform/testing/system/api-client.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

const WEB = 'https://www.example.test';

let system: System;
let person: Person;
beforeAll(async () => {
  system = await startSystem({ WEB_URL: `${WEB}/`, CORS_ORIGINS: WEB });
  person = await signUp(system);
});
afterAll(() => system.stop());

/** What a browser would keep: name and value of each cookie that was not deleted. */
const cookiesOf = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries(
    headers
      .getSetCookie()
      .filter((line) => !line.includes('Max-Age=0'))
      .map((line) => line.split(';', 1)[0]!.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
const headerOf = (cookies: Record<string, string>) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

async function signIn(headers: Record<string, string> = { origin: WEB }) {
  const { email, password } = person;
  const answer = await system.client.post(
    '/v1/auth/login',
    { email, password, transport: 'cookie' },
    { headers: { ...fromElsewhere().headers, ...headers } },
  );
  return { answer, cookies: cookiesOf(answer), tokens: answer.body.data };
}

/** Somebody at a page of ours. */
async function aVisitor() {
  const { cookies, tokens } = await signIn();
  const csrf = { origin: WEB, 'x-csrf-token': tokens.csrfToken as string };
  return { tokens, cookies, csrf, cookie: headerOf(cookies), proven: { ...csrf, cookie: headerOf(cookies) } };
}

const post = (path: string, headers: Record<string, string>) =>
  system.client.send('POST', path, { headers: { ...fromElsewhere().headers, ...headers } });
const refresh = (headers: Record<string, string>) => post('/v1/auth/refresh', headers);
const codeOf = ({ status, body }: Answer) => [status, body.code];

describe('a sign-in with cookies', () => {
  it('keeps the refresh token out of reach of scripts', async () => {
    const { answer, cookies, tokens } = await signIn();

    expect(answer.status).toBe(200);
    expect(Object.keys(tokens).sort()).toEqual([
      'accessToken',
      'csrfToken',
      'expiresIn',
      'refreshExpiresIn',
      'sessionId',
      'tokenType',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(cookies['__Host-refresh']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('sets cookies that belong to this host alone, and are gone when what they carry has expired', async () => {
    const { answer, tokens } = await signIn();
    const lines = answer.headers.getSetCookie();

    expect(lines.map((line) => line.split('=', 1)[0])).toEqual(['__Host-session', '__Host-refresh']);
    expect(lines.map((line) => /Max-Age=(\d+)/.exec(line)?.[1])).toEqual([
      String(tokens.expiresIn),
      String(tokens.refreshExpiresIn),
    ]);
    for (const line of lines) {
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
        expect(line.split('; ')).toContain(attribute);
      expect(line).not.toMatch(/domain=/i);
    }
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: WEB, 'sec-fetch-site': 'cross-site' },
  ])('is refused from elsewhere: %j', async (headers) => {
    const { answer, cookies } = await signIn(headers);

    expect(codeOf(answer)).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(cookies).toEqual({});
  });

  it('is one of two ways: without the word there are no cookies', async () => {
    const { email, password } = person;

    const answer = await system.client.post('/v1/auth/login', { email, password }, fromElsewhere());

    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.body.data).toMatchObject({ refreshToken: expect.any(String) });
    expect(answer.body.data).not.toHaveProperty('csrfToken');
  });
});

describe('a request with cookies', () => {
  it('reads without any proof', async () => {
    const { cookie } = await aVisitor();

    const { status, body } = await system.client.get('/v1/me', { headers: { cookie } });

    expect([status, body.data.email]).toEqual([200, person.email]);
  });

  const change = (headers: Record<string, string>) =>
    system.client.send('PATCH', '/v1/me', { headers, body: { name: 'Ada' } });

  it('changes something with a proof, from our pages and from the API itself', async () => {
    const { proven } = await aVisitor();

    expect((await change(proven)).status).toBe(200);
    expect((await change({ ...proven, origin: new URL(system.api.url).origin })).status).toBe(200);
  });

  it('changes nothing without a proof', async () => {
    const [visitor, other] = [await aVisitor(), await aVisitor()];
    const { cookie, proven } = visitor;

    expect(codeOf(await change({ cookie }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await change({ ...proven, origin: 'https://evil.example' }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await change({ ...proven, 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await change({ cookie, origin: WEB }))).toEqual([403, 'CSRF_TOKEN_INVALID']);
    expect(codeOf(await change({ ...proven, 'x-csrf-token': other.tokens.csrfToken }))).toEqual([
      403,
      'CSRF_TOKEN_INVALID',
    ]);
  });

  it('is not counted as one when it has an Authorization header', async () => {
    const { cookie, tokens } = await aVisitor();
    const withToken = (token: string) =>
      system.client.send('PATCH', '/v1/me', { token, headers: { cookie }, body: { name: 'Ada' } });

    expect((await withToken(tokens.accessToken)).status).toBe(200);
    expect((await withToken('nonsense')).status).toBe(401);
  });
});

describe('a refresh with cookies', () => {
  it('puts the successor into the cookie, and keeps the CSRF token', async () => {
    const { proven, cookies, tokens, csrf } = await aVisitor();

    const first = await refresh(proven);
    const second = await refresh({ ...csrf, cookie: headerOf(cookiesOf(first)) });

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(new Set([cookies, cookiesOf(first), cookiesOf(second)].map((all) => all['__Host-refresh'])).size).toBe(3);
    expect([first, second].map(({ body }) => body.data.csrfToken)).toEqual([tokens.csrfToken, tokens.csrfToken]);
    expect(first.body.data).not.toHaveProperty('refreshToken');
  });

  it('works when the access cookie has gone, as after a night', async () => {
    const { csrf, cookies } = await aVisitor();

    expect((await refresh({ ...csrf, cookie: `__Host-refresh=${cookies['__Host-refresh']}` })).status).toBe(200);
  });

  it('answers twenty tabs at once with one successor', async () => {
    const { proven, csrf } = await aVisitor();

    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(proven)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => cookiesOf(answer)['__Host-refresh'])).size).toBe(1);
    expect((await refresh({ ...csrf, cookie: headerOf(cookiesOf(answers[0]!)) })).status).toBe(200);
  });

  it('rotates nothing without a proof', async () => {
    const { cookie, csrf, proven, tokens } = await aVisitor();

    expect(codeOf(await refresh({ cookie }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await refresh({ cookie, origin: WEB }))).toEqual([403, 'CSRF_TOKEN_INVALID']);
    expect(codeOf(await refresh({ ...proven, origin: 'https://evil.example' }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await refresh({ cookie, origin: WEB, authorization: `Bearer ${tokens.accessToken}` }))).toEqual([
      403,
      'CSRF_TOKEN_INVALID',
    ]);
    expect(codeOf(await refresh({ ...csrf, cookie: '__Host-refresh=nonsense' }))).toEqual([
      401,
      'REFRESH_TOKEN_INVALID',
    ]);
    expect(codeOf(await refresh(csrf))).toEqual([422, 'REFRESH_TOKEN_MISSING']);
    expect((await refresh(proven)).status).toBe(200);
  });

  it('ends the session when an old cookie comes back', async () => {
    const { proven, csrf } = await aVisitor();
    const second = await refresh(proven);
    const third = await refresh({ ...csrf, cookie: headerOf(cookiesOf(second)) });

    expect(codeOf(await refresh(proven))).toEqual([401, 'REFRESH_TOKEN_REUSED']);
    expect(codeOf(await refresh({ ...csrf, cookie: headerOf(cookiesOf(third)) }))).toEqual([
      401,
      'REFRESH_TOKEN_INVALID',
    ]);
  });
});

describe('a logout with cookies', () => {
  it('ends the session and deletes the cookies', async () => {
    const { proven, cookie } = await aVisitor();

    const answer = await post('/v1/auth/logout', proven);

    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().map((line) => line.split(';', 2).join(';'))).toEqual([
      '__Host-session=; Max-Age=0',
      '__Host-refresh=; Max-Age=0',
    ]);
    expect(codeOf(await system.client.get('/v1/me', { headers: { cookie } }))).toEqual([401, 'SESSION_ENDED']);
    expect(codeOf(await refresh(proven))).toEqual([401, 'REFRESH_TOKEN_INVALID']);
  });

  it('is the same as ending the very session one is in', async () => {
    const { proven, cookie, tokens } = await aVisitor();

    const answer = await system.client.send('DELETE', `/v1/me/sessions/${tokens.sessionId}`, { headers: proven });

    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().map((line) => line.split(';', 2).join(';'))).toEqual([
      '__Host-session=; Max-Age=0',
      '__Host-refresh=; Max-Age=0',
    ]);
    expect(codeOf(await system.client.get('/v1/me', { headers: { cookie } }))).toEqual([401, 'SESSION_ENDED']);
  });

  it('needs a proof: no other site logs anybody out', async () => {
    const { cookie, proven } = await aVisitor();

    expect(codeOf(await post('/v1/auth/logout', { cookie }))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(codeOf(await post('/v1/auth/logout', { cookie, origin: WEB }))).toEqual([403, 'CSRF_TOKEN_INVALID']);
    expect((await post('/v1/auth/logout', proven)).status).toBe(204);
  });

  it('sends no cookies to who has none', async () => {
    const { tokens } = await aVisitor();

    const answer = await system.client.post('/v1/auth/logout', undefined, { token: tokens.accessToken });

    expect([answer.status, answer.headers.getSetCookie()]).toEqual([204, []]);
  });
});

describe('cookies and CSRF tokens', () => {
  it('reach no log line', async () => {
    const { proven, cookies, tokens } = await aVisitor();
    await refresh({ ...proven, origin: 'https://evil.example' });
    await post('/v1/auth/logout', proven);

    const logs = system.api.output() + system.worker.output();

    const secrets = [...Object.values(cookies), tokens.csrfToken as string, tokens.accessToken as string];
    expect(['/v1/auth/refresh', ...secrets].filter((text) => logs.includes(text))).toEqual(['/v1/auth/refresh']);
  });
});
