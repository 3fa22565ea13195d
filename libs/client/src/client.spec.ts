import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { createClient, memoryTokens, orThrow, type Schemas, UnexpectedResponse } from './index.js';
import { json, problem } from './testing/answers.js';
import { scriptedFetch } from './testing/scripted-fetch.js';

const baseUrl = 'https://api.example.test/base';
const ME: Schemas['Me'] = {
  id: 'u1',
  email: 'ada@example.test',
  name: null,
  locale: null,
  createdAt: '2026-11-28T12:00:00Z',
};
const NOW = { times: 1, longestWaitMs: 1_000 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the client', () => {
  it('knows what an operation takes and gives', async () => {
    const { fetch, asked } = scriptedFetch(json({ data: ME }));
    const api = createClient({ baseUrl, tokens: memoryTokens({ accessToken: 'a1' }), fetch });

    const { data } = await orThrow(api.PATCH('/v1/me', { body: { name: null } }));

    expectTypeOf(data).toEqualTypeOf<Schemas['Me']>();
    expect(data).toEqual(ME);
    expect([asked[0]?.method, asked[0]?.url, asked[0]?.headers.get('Authorization')]).toEqual([
      'PATCH',
      `${baseUrl}/v1/me`,
      'Bearer a1',
    ]);
  });

  it('knows by which codes an operation is refused', async () => {
    const { fetch } = scriptedFetch(problem(401, 'INVALID_CREDENTIALS'));
    const api = createClient({ baseUrl, fetch });

    const { error } = await api.POST('/v1/auth/login', { body: { email: 'ada@example.test', password: 'guessed' } });

    if (error?.status === 401) expectTypeOf(error.code).toEqualTypeOf<'INVALID_CREDENTIALS'>();
    // @ts-expect-error -- no sign-in is answered with that
    expect(error?.code === 'SCHEDULE_NOT_FOUND').toBe(false);
    expect(error?.code).toBe('INVALID_CREDENTIALS');
  });

  it('asks again, also for new tokens, when the first answer is lost', async () => {
    const lost = new TypeError('fetch failed');
    const renewed = json({ data: { accessToken: 'a2', refreshToken: 'r2' } });
    const { fetch, asked } = scriptedFetch(
      lost,
      problem(401, 'ACCESS_TOKEN_EXPIRED'),
      lost,
      renewed,
      json({ data: ME }),
    );
    const tokens = memoryTokens({ accessToken: 'a1', refreshToken: 'r1' });
    vi.spyOn(Math, 'random').mockReturnValue(0);

    await orThrow(createClient({ baseUrl, tokens, retries: NOW, fetch }).GET('/v1/me'));

    expect(asked.map(({ url }) => url.slice(baseUrl.length))).toEqual([
      '/v1/me',
      '/v1/me',
      '/v1/auth/refresh',
      '/v1/auth/refresh',
      '/v1/me',
    ]);
  });

  it('takes no page of a proxy for a problem', async () => {
    const { fetch } = scriptedFetch(new Response('<html>', { status: 404, headers: { 'Content-Type': 'text/html' } }));

    await expect(createClient({ baseUrl, fetch }).GET('/v1/me')).rejects.toThrow(UnexpectedResponse);
  });

  it('gives a file as it is', async () => {
    const { fetch } = scriptedFetch(new Response('a,b', { headers: { 'Content-Type': 'text/csv' } }));
    const file = { params: { query: { token: 't1' } }, parseAs: 'text' } as const;

    expect(await orThrow(createClient({ baseUrl, fetch }).GET('/v1/downloads', file))).toBe('a,b');
  });

  it('sends cookies to another origin when it is told to', async () => {
    const { fetch, asked } = scriptedFetch(json({ data: ME }));

    await createClient({ baseUrl, credentials: 'include', fetch }).GET('/v1/me');

    expect(asked[0]?.credentials).toBe('include');
  });

  it('uses the fetch of the page at the time of the request', async () => {
    const api = createClient({ baseUrl });
    const { fetch, asked } = scriptedFetch(json({ data: ME }));
    vi.stubGlobal('fetch', fetch);

    await api.GET('/v1/me');

    expect(asked).toHaveLength(1);
  });
});
