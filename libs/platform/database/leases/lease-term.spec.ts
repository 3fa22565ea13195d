import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LeaseTerm } from './lease-term.js';

const LEASE_MS = 1_000;
const lost = new Error('The time is over.');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const aTerm = (renew: (term: LeaseTerm) => Promise<void> = async () => undefined, askedAt = performance.now()) => {
  const term: LeaseTerm = new LeaseTerm({
    name: 'Renewing a lease',
    leaseMs: LEASE_MS,
    askedAt,
    renewEveryMs: LEASE_MS / 4,
    renew: () => renew(term),
    lost: () => lost,
  });
  return term;
};
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('is over here before it is over on the server', async () => {
  const term = aTerm();

  await pass(LEASE_MS * 0.89);
  expect(term.signal.aborted).toBe(false);

  await pass(LEASE_MS * 0.02);
  expect(term.signal.reason).toBe(lost);
});

it('counts from before the server was asked', async () => {
  const term = aTerm(undefined, performance.now() - LEASE_MS / 2);

  await pass(LEASE_MS * 0.41);

  expect(term.signal.aborted).toBe(true);
});

it('goes on for as long as it is renewed', async () => {
  const term = aTerm((each) => each.extend(async () => undefined));

  await pass(LEASE_MS * 5);
  expect(term.signal.aborted).toBe(false);

  term.stop();
});

it('counts an extension from before it was asked for, however late the answer', async () => {
  const term = aTerm();
  const extended = term.extend(() => new Promise<void>((answer) => setTimeout(answer, LEASE_MS * 0.8)));

  await pass(LEASE_MS * 0.8);
  await extended;
  await pass(LEASE_MS * 0.11);

  expect(term.signal.aborted).toBe(true);
});

it('believes no answer that comes after its end', async () => {
  const term = aTerm();
  const extended = term.extend(() => new Promise<void>((answer) => setTimeout(answer, LEASE_MS)));
  const refused = expect(extended).rejects.toBe(lost);

  await pass(LEASE_MS);

  await refused;
});

it('is over for a process that slept through its end, before any timer has fired', () => {
  const term = aTerm(undefined, performance.now() - LEASE_MS);

  expect(() => term.throwIfOver()).toThrow(lost);
  expect(term.signal.aborted).toBe(true);
});

it('keeps the first reason for which it is over', async () => {
  const [term, cancelled] = [aTerm(), new Error('cancelled')];

  term.endWith(cancelled);
  term.endWith(lost);
  await pass(LEASE_MS);

  expect(term.signal.reason).toBe(cancelled);
});

it('neither renews nor ends any more when it was given back', async () => {
  const renew = vi.fn(async () => undefined);
  const term = aTerm(renew);

  term.stop();
  await pass(LEASE_MS * 2);

  expect(renew).not.toHaveBeenCalled();
  expect(term.signal.aborted).toBe(false);
});
