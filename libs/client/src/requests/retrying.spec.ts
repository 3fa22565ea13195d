import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json, problem } from '../testing/answers.js';
import { scriptedFetch } from '../testing/scripted-fetch.js';
import { retrying } from './retrying.js';

const TWICE = { times: 2, longestWaitMs: 10_000 };
const NO_ANSWER = new TypeError('fetch failed');
const unavailable = (seconds = '5') => problem(503, 'SERVICE_UNAVAILABLE', { 'Retry-After': seconds });
const read = (init: RequestInit = {}) => new Request('https://api.example.test/v1/things', init);
const write = (headers: Record<string, string> = {}) => read({ method: 'POST', body: '{"a":1}', headers });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-28T12:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** How long it took to the last answer, in milliseconds. */
async function timeOf(answer: Promise<Response>): Promise<number> {
  const startedAt = Date.now();
  const done = answer.then(() => Date.now() - startedAt);
  await vi.runAllTimersAsync();
  return done;
}

describe('a request that only reads', () => {
  it.each([
    ['nobody answers', NO_ANSWER],
    ['a proxy finds nobody', new Response('', { status: 502 })],
    ['the service says to come later', unavailable()],
    ['too many were sent', problem(429, 'RATE_LIMITED', { 'Retry-After': '1' })],
  ])('is sent again when %s', async (_when, failure) => {
    const { fetch, asked } = scriptedFetch(failure, json({ data: 1 }));

    const answer = retrying(fetch, TWICE)(read());
    await vi.runAllTimersAsync();

    expect((await answer).status).toBe(200);
    expect(asked).toHaveLength(2);
  });

  it.each([
    [404, problem(404, 'THING_NOT_FOUND')],
    [500, problem(500, 'INTERNAL_ERROR')],
    [202, json({ data: 1 }, { status: 202, headers: { 'Retry-After': '1' } })],
  ])('is not sent again after %i, which stays as it is', async (status, final) => {
    const { fetch, asked } = scriptedFetch(final);

    expect((await retrying(fetch, TWICE)(read())).status).toBe(status);
    expect(asked).toHaveLength(1);
  });

  it('is given up after so many repetitions, with what was answered last', async () => {
    const { fetch, asked } = scriptedFetch(NO_ANSWER, unavailable(), unavailable('7'));

    const answer = retrying(fetch, TWICE)(read());
    await vi.runAllTimersAsync();

    expect((await answer).headers.get('Retry-After')).toBe('7');
    expect(asked).toHaveLength(3);
  });

  it('that nobody ever answers fails with the last reason', async () => {
    const { fetch } = scriptedFetch(NO_ANSWER, NO_ANSWER, new TypeError('still nobody'));

    const refused = expect(retrying(fetch, TWICE)(read())).rejects.toThrow('still nobody');
    await vi.runAllTimersAsync();

    await refused;
  });
});

describe('a request that changes something', () => {
  it('is sent once, whatever becomes of it', async () => {
    const { fetch, asked } = scriptedFetch(unavailable());

    expect((await retrying(fetch, TWICE)(write())).status).toBe(503);
    expect(asked).toHaveLength(1);
  });

  it('is sent again as it was when it has a key', async () => {
    const { fetch, asked } = scriptedFetch(NO_ANSWER, problem(409, 'IN_USE', { 'Retry-After': '1' }), json({}));

    const answer = retrying(fetch, TWICE)(write({ 'Idempotency-Key': 'k1' }));
    await vi.runAllTimersAsync();
    await answer;

    const sent = await Promise.all(asked.map(async (one) => [one.headers.get('Idempotency-Key'), await one.text()]));
    expect(sent).toEqual(Array.from({ length: 3 }, () => ['k1', '{"a":1}']));
  });

  it('is refused for good by a conflict that names no time', async () => {
    const { fetch, asked } = scriptedFetch(problem(409, 'THING_TAKEN'));

    expect((await retrying(fetch, TWICE)(write({ 'Idempotency-Key': 'k1' }))).status).toBe(409);
    expect(asked).toHaveLength(1);
  });
});

describe('the time between', () => {
  it.each([
    ['seconds', '4', 4_500],
    ['a date', 'Sat, 28 Nov 2026 12:00:04 GMT', 4_500],
    ['a date that is over', 'Sat, 28 Nov 2026 11:59:00 GMT', 0],
  ])('is what Retry-After says in %s, and a part of it more', async (_how, value, expected) => {
    const { fetch } = scriptedFetch(unavailable(value), json({}));

    expect(await timeOf(retrying(fetch, TWICE)(read()))).toBe(expected);
  });

  it('doubles when nobody says how long, and is anything between that and nothing', async () => {
    const { fetch } = scriptedFetch(NO_ANSWER, NO_ANSWER, json({}));

    expect(await timeOf(retrying(fetch, TWICE)(read()))).toBe(125 + 250);
  });

  it('is not waited when it is too long', async () => {
    const { fetch, asked } = scriptedFetch(unavailable('3600'));

    expect((await retrying(fetch, TWICE)(read())).status).toBe(503);
    expect(asked).toHaveLength(1);
  });

  it('ends when the caller gives up', async () => {
    const { fetch, asked } = scriptedFetch(unavailable());
    const caller = new AbortController();

    const refused = expect(retrying(fetch, TWICE)(read({ signal: caller.signal }))).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(1_000);
    caller.abort(new Error('enough'));

    await refused;
    expect([asked.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  it('does not begin for a request that the caller has given up', async () => {
    const caller = new AbortController();
    const { asked, fetch } = scriptedFetch(new DOMException('gone', 'AbortError'));
    caller.abort();

    await expect(retrying(fetch, TWICE)(read({ signal: caller.signal }))).rejects.toThrow('gone');
    expect(asked).toHaveLength(1);
  });
});
