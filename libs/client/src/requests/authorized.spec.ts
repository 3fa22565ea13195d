import { describe, expect, it, vi } from 'vitest';
import { json, problem } from '../testing/answers.js';
import { scriptedFetch } from '../testing/scripted-fetch.js';
import { authorized } from './authorized.js';
import { memoryTokens, type Tokens } from './tokens.js';

const baseUrl = 'https://api.example.test/base/';
const OLD = { accessToken: 'old', refreshToken: 'refresh-1' };
const NEW = { accessToken: 'new', refreshToken: 'refresh-2' };
const expired = () => problem(401, 'ACCESS_TOKEN_EXPIRED');
const session = () => json({ data: NEW });

/** `renewals` answer when tokens are renewed, `answers` all other requests. */
function setup(tokens: Tokens | null, answers: Response[], renewals: (Response | Error)[] = []) {
  const store = memoryTokens(tokens);
  const [others, refreshes] = [scriptedFetch(...answers), scriptedFetch(...renewals)];
  const send = authorized(others.fetch, { baseUrl, tokens: store, repeat: refreshes.fetch });
  return {
    store,
    refreshes: refreshes.asked,
    ask: (init: RequestInit = {}) => send(new Request('https://api.example.test/base/v1/things', init)),
    sent: (header: string) => others.asked.map(({ headers }) => headers.get(header)),
  };
}

describe('a request', () => {
  it.each<[who: string, tokens: Tokens | null, authorization: string | null, csrf: string | null]>([
    ['somebody with an access token', OLD, 'Bearer old', null],
    ['somebody whose session is in cookies', { accessToken: 'old', csrfToken: 'c1' }, null, 'c1'],
    ['a stranger', null, null, null],
  ])('says that it is of %s', async (_who, tokens, authorization, csrf) => {
    const { ask, sent } = setup(tokens, [json({})]);

    await ask();

    expect([sent('Authorization'), sent('X-CSRF-Token')]).toEqual([[authorization], [csrf]]);
  });
});

describe('an access token that has expired', () => {
  it('is replaced, and the request sent again as it was', async () => {
    const { ask, sent, store, refreshes } = setup(OLD, [expired(), json({ data: 'done' })], [session()]);

    const answer = await ask({ method: 'POST', body: '{}', headers: { 'X-Own': 'one' } });

    expect(await answer.json()).toEqual({ data: 'done' });
    expect([sent('Authorization'), sent('X-Own')]).toEqual([
      ['Bearer old', 'Bearer new'],
      ['one', 'one'],
    ]);
    expect([refreshes[0]?.url, await refreshes[0]?.json()]).toEqual([
      'https://api.example.test/base/v1/auth/refresh',
      { refreshToken: 'refresh-1' },
    ]);
    expect(store.load()).toEqual(NEW);
  });

  it('is replaced each time that it expires', async () => {
    const again = json({ data: { accessToken: 'newer', refreshToken: 'refresh-3' } });
    const { ask, sent } = setup(OLD, [expired(), json({}), expired(), json({})], [session(), again]);

    await ask();
    await ask();

    expect(sent('Authorization')).toEqual(['Bearer old', 'Bearer new', 'Bearer new', 'Bearer newer']);
  });

  it.each(['ACCESS_TOKEN_EXPIRED', 'ACCESS_TOKEN_INVALID', 'AUTHENTICATION_REQUIRED'])(
    'is replaced after %s',
    async (code) => {
      const { ask } = setup(OLD, [problem(401, code), json({})], [session()]);

      expect((await ask()).status).toBe(200);
    },
  );

  it('is replaced once for all requests that are under way', async () => {
    const answers = [expired(), expired(), expired(), json({}), json({}), json({})];
    const { ask, refreshes } = setup(OLD, answers, [session()]);

    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ status }) => status);

    expect([statuses, refreshes.length]).toEqual([[200, 200, 200], 1]);
  });

  it('is not replaced by somebody who was refused with one that others have replaced meanwhile', async () => {
    const { ask, store, refreshes } = setup(OLD, [expired(), json({})]);
    const answer = ask();
    void store.save(NEW);

    expect((await answer).status).toBe(200);
    expect(refreshes).toHaveLength(0);
  });

  it('is replaced through the cookie when the session is in one, with what proves whose page asks', async () => {
    const { ask, refreshes } = setup(
      { csrfToken: 'c1' },
      [problem(401, 'AUTHENTICATION_REQUIRED'), json({})],
      [session()],
    );

    expect((await ask({ credentials: 'include' })).status).toBe(200);
    const [refresh] = refreshes;
    expect([refresh?.headers.get('X-CSRF-Token'), refresh?.credentials, await refresh?.text()]).toEqual([
      'c1',
      'include',
      '',
    ]);
  });

  it('asks for a new sign-in when the session is over: its tokens are gone', async () => {
    const { ask, store } = setup(OLD, [expired()], [problem(401, 'REFRESH_TOKEN_INVALID')]);

    expect((await (await ask()).json()).code).toBe('ACCESS_TOKEN_EXPIRED');
    expect(store.load()).toBeNull();
  });

  it.each([
    [429, 'RATE_LIMITED'],
    [503, 'SERVICE_UNAVAILABLE'],
  ])('leaves the session alone while the API cannot tell, and says so to all: %i', async (status, code) => {
    const { ask, store } = setup(OLD, [expired(), expired()], [problem(status, code)]);

    const codes = await Promise.all([ask(), ask()].map(async (answer) => (await (await answer).json()).code));

    expect(codes).toEqual([code, code]);
    expect(store.load()).toEqual(OLD);
  });

  it('brings nobody back who signs out while it is replaced', async () => {
    const { ask, store, sent } = setup(OLD, [expired()], [session()]);
    const load = vi.spyOn(store, 'load');
    load
      .mockImplementationOnce(() => OLD)
      .mockImplementationOnce(() => OLD)
      .mockImplementation(() => null);
    const save = vi.spyOn(store, 'save');

    expect((await ask()).status).toBe(401);
    expect([save.mock.calls, sent('Authorization')]).toEqual([[], ['Bearer old']]);
  });

  it('is not waited for by a caller who gives up', async () => {
    const caller = new AbortController();
    const never = new Promise<Response>(() => undefined);
    const send = authorized(async () => expired(), { baseUrl, tokens: memoryTokens(OLD), repeat: () => never });

    const refused = expect(send(new Request(baseUrl, { signal: caller.signal }))).rejects.toThrow('enough');
    caller.abort(new Error('enough'));

    await refused;
  });
});

describe('an answer that no new token mends', () => {
  it.each([
    ['a wrong password', OLD, problem(401, 'INVALID_CREDENTIALS')],
    ['a session that has ended', OLD, problem(401, 'SESSION_ENDED')],
    ['what was asked for, whatever is in it', OLD, json({ code: 'ACCESS_TOKEN_EXPIRED' })],
    ['what may not be done', OLD, problem(403, 'PERMISSION_DENIED')],
    ['an API key, which has no refresh token', { accessToken: 'key' }, problem(401, 'ACCESS_TOKEN_INVALID')],
    ['a page of a proxy', OLD, new Response('<html>', { status: 401 })],
  ])('is handed on: %s', async (_what, tokens, given) => {
    const { ask, refreshes } = setup(tokens, [given]);

    expect(await ask()).toBe(given);
    expect(refreshes).toHaveLength(0);
  });
});
