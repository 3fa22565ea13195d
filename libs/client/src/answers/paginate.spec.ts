import createFetchClient from 'openapi-fetch';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { json, problem } from '../testing/answers.js';
import { scriptedFetch } from '../testing/scripted-fetch.js';
import { paginate } from './paginate.js';
import { ProblemError } from './problem-error.js';

type Thing = { id: number };
type Answer<Body> = { 200: { content: { 'application/json': Body } } };
type Paths = {
  '/things': {
    get: {
      parameters: { query?: { limit?: number; cursor?: string; size?: 'small' | 'large' } };
      responses: Answer<{ data: Thing[]; meta: { page: { limit: number; nextCursor: string | null } } }>;
    };
  };
  '/one': { get: { parameters: object; responses: Answer<{ data: Thing }> } };
};

const page = (ids: number[], nextCursor: string | null) =>
  json({ data: ids.map((id) => ({ id })), meta: { page: { limit: 2, nextCursor } } });

function setup(...script: Response[]) {
  const { fetch, asked } = scriptedFetch(...script);
  const api = createFetchClient<Paths>({ baseUrl: 'https://api.example.test', fetch });
  return { api, queries: () => asked.map(({ url }) => new URL(url).search) };
}

async function idsOf(things: AsyncIterable<Thing>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of things) ids.push(id);
  return ids;
}

describe('a list in pages', () => {
  it('is gone through to its end, each page with the same filter', async () => {
    const { api, queries } = setup(page([1, 2], 'c2'), page([3, 4], 'c4'), page([], null));

    expect(await idsOf(paginate(api, '/things', { query: { limit: 2, size: 'small' } }))).toEqual([1, 2, 3, 4]);
    expect(queries()).toEqual([
      '?limit=2&size=small',
      '?limit=2&size=small&cursor=c2',
      '?limit=2&size=small&cursor=c4',
    ]);
  });

  it('is asked for no further than it is read', async () => {
    const { api, queries } = setup(page([1, 2], 'c2'));

    for await (const { id } of paginate(api, '/things')) if (id === 2) break;

    expect(queries()).toHaveLength(1);
  });

  it('is asked for with the signal of the caller, for each page', async () => {
    const caller = new AbortController();
    const asked: Request[] = [];
    const fetch = async (request: Request) => (asked.push(request) === 1 ? page([1], 'c1') : page([], null));
    const api = createFetchClient<Paths>({ baseUrl: 'https://api.example.test', fetch });

    await idsOf(paginate(api, '/things', { signal: caller.signal }));
    caller.abort();

    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it('ends with the problem that a page is answered with', async () => {
    const { api } = setup(page([1], 'c1'), problem(400, 'CURSOR_INVALID'));
    const seen: number[] = [];

    const whole = (async () => {
      for await (const { id } of paginate(api, '/things')) seen.push(id);
    })();

    await expect(whole).rejects.toEqual(expect.any(ProblemError));
    expect(seen).toEqual([1]);
  });

  it('has items of the type that its page has, and no path that has no pages', () => {
    const { api } = setup();

    expectTypeOf(paginate(api, '/things')).toEqualTypeOf<AsyncGenerator<Thing, void, void>>();
    expectTypeOf<Parameters<typeof paginate<Paths, '/things'>>[1]>().toEqualTypeOf<'/things'>();
    // @ts-expect-error -- it answers with one thing
    expect(paginate(api, '/one')).toBeDefined();
    // @ts-expect-error -- there is no such size
    expect(paginate(api, '/things', { query: { size: 'huge' } })).toBeDefined();
  });
});
