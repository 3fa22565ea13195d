import { describe, expect, it } from 'vitest';
import { OutboundFailure } from './outbound-failure.js';
import { isRepeatable, pauseAfter, retryAfterMs } from './retries.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const failure = (reason: OutboundFailure['reason']) => new OutboundFailure(reason, 'https://example.test');
const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });

describe('a call that may be repeated', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('is %s', (method) => {
    expect(isRepeatable(method, new Headers())).toBe(true);
  });

  it.each(['POST', 'PATCH', 'PROPFIND'])('is %s with an Idempotency-Key alone', (method) => {
    expect(isRepeatable(method, new Headers())).toBe(false);
    expect(isRepeatable(method, new Headers({ 'Idempotency-Key': 'one' }))).toBe(true);
  });
});

describe('what a call is repeated after', () => {
  it.each(['connection-lost', 'headers-timeout', 'body-timeout'] as const)(
    'is %s when it may be repeated',
    (reason) => {
      expect(pauseAfter(failure(reason), 1, true)).not.toBeNull();
      expect(pauseAfter(failure(reason), 1, false)).toBeNull();
    },
  );

  it.each(['dns', 'connect', 'connect-timeout'] as const)('is %s in any case: nobody has heard it', (reason) => {
    expect(pauseAfter(failure(reason), 1, false)).not.toBeNull();
  });

  it.each([
    'address-refused',
    'url-refused',
    'tls',
    'too-large',
    'protocol',
    'timeout',
    'circuit-open',
    'busy',
  ] as const)('is never %s', (reason) => {
    expect(pauseAfter(failure(reason), 1, true)).toBeNull();
  });

  it.each([429, 502, 503, 504])('is the answer %d when it may be repeated', (status) => {
    expect(pauseAfter(answer(status), 1, true)).not.toBeNull();
    expect(pauseAfter(answer(status), 1, false)).toBeNull();
  });

  it.each([200, 302, 400, 404, 409, 500, 501])('is never the answer %d', (status) => {
    expect(pauseAfter(answer(status), 1, true)).toBeNull();
  });
});

describe('the pause', () => {
  it.each([
    [1, 100, 200],
    [2, 200, 400],
    [9, 1_000, 2_000],
  ])('after attempt %d is at random from %d to %d ms', (attempt, least, most) => {
    const pauses = Array.from({ length: 200 }, () => Number(pauseAfter(failure('connect'), attempt, true)));

    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(most);
    expect(new Set(pauses).size).toBeGreaterThan(100);
  });

  it('is never shorter than Retry-After', () => {
    expect(pauseAfter(answer(503, { 'retry-after': '7' }), 1, true)).toBeGreaterThanOrEqual(7_000);
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['-1', 0],
    ['soon', 0],
    ['', 0],
    [null, 0],
  ])('%j means %d ms', (value, milliseconds) => {
    expect(retryAfterMs(value, NOW)).toBe(milliseconds);
  });
});
