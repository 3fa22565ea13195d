import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createClient,
  type Fetch,
  memoryTokens,
  orThrow,
  paginate,
  type TokenStore,
  type Tokens,
} from '#client/index.js';
import { aSilentUser, signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

let system: System;
let person: Person;
beforeAll(async () => {
  system = await startSystem();
  person = await signUp(system);
});
afterAll(() => system.stop());

/** Somebody who has signed in with the client, and what it has asked for since. */
async function signIn(transport: 'bearer' | 'cookie', fetch: Fetch = globalThis.fetch) {
  const asked: string[] = [];
  const recorded: Fetch = (request) => {
    asked.push(new URL(request.url).pathname);
    return fetch(request);
  };
  const tokens = memoryTokens();
  const api = createClient({ baseUrl: system.api.url, tokens, fetch: recorded });
  const { email, password } = person;
  const body = { email, password, transport };
  const { data } = await orThrow(api.POST('/v1/auth/login', { body, ...fromElsewhere() }));
  await tokens.save(data);
  asked.length = 0;
  return { api, tokens, asked };
}

/** As if its key had been replaced. */
async function spoilAccessToken({ load, save }: TokenStore): Promise<Tokens> {
  const { accessToken, ...others } = (await load()) as Tokens;
  await save({ ...others, accessToken: `${accessToken}x` });
  return others;
}

/** Keeps cookies and says where it comes from, as a browser does. */
function aBrowser() {
  const cookies = new Map<string, string>();
  const fetch: Fetch = async (request) => {
    request.headers.set('Cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    request.headers.set('Origin', system.api.url);
    const answer = await globalThis.fetch(request);
    for (const [name = '', value = ''] of answer.headers.getSetCookie().map((line) => line.split(/[=;]/)))
      cookies.set(name, value);
    return answer;
  };
  return { cookies, fetch };
}

const REFRESH = '/v1/auth/refresh';
const ME = '/v1/me';

describe('the client, of an API that runs', () => {
  it('renews a token that is not accepted any more once for all requests that are under way', async () => {
    const { api, tokens, asked } = await signIn('bearer');
    const { refreshToken } = await spoilAccessToken(tokens);

    const answers = await Promise.all(Array.from({ length: 8 }, () => api.GET(ME)));

    expect(new Set(answers.map(({ data }) => data?.data.email))).toEqual(new Set([person.email]));
    expect(asked.filter((path) => path === REFRESH)).toHaveLength(1);
    expect((tokens.load() as Tokens).refreshToken).not.toBe(refreshToken);
  });

  it('does the same for a page whose session is in cookies, which no script of it has seen', async () => {
    const { cookies, fetch } = aBrowser();
    const { api, tokens, asked } = await signIn('cookie', fetch);
    expect(tokens.load()).not.toHaveProperty('refreshToken');
    cookies.delete('__Host-session');

    const { data } = await orThrow(api.PATCH(ME, { body: { name: 'Ada' } }));

    expect([data.name, asked]).toEqual(['Ada', [ME, REFRESH, ME]]);
  });

  it('knows when the session is over', async () => {
    const { api, tokens } = await signIn('bearer');
    await api.POST('/v1/auth/logout');
    await spoilAccessToken(tokens);

    const { error } = await api.GET(ME);

    expect([error?.code, tokens.load()]).toEqual(['ACCESS_TOKEN_INVALID', null]);
  });

  it('says in types what is wrong with a request', async () => {
    const { api } = await signIn('bearer');

    const { error } = await api.PATCH(ME, { body: { name: '' } });

    const fields = error?.code === 'VALIDATION_FAILED' ? error.errors?.map(({ pointer }) => pointer) : [];
    expect(fields).toEqual(['#/name']);
  });

  it('goes through a list from page to page', async () => {
    const admin = await signUpOnlyAdministrator(system);
    const ids = await Promise.all(Array.from({ length: 5 }, () => aSilentUser(system)));
    const api = createClient({ baseUrl: system.api.url, tokens: memoryTokens({ accessToken: admin.token }) });

    const seen: string[] = [];
    for await (const { id } of paginate(api, '/v1/users', { query: { limit: 2 } })) seen.push(id);

    expect(seen).toEqual(expect.arrayContaining(ids));
    expect(new Set(seen).size).toBe(seen.length);
  });
});
