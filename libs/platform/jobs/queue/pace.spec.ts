import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('the pace of the worker', () => {
  it('spreads eight attempts over about four minutes', () => {
    const { firstRetryMs } = new Pace();
    const waits = Array.from({ length: 7 }, (_, retry) => firstRetryMs * 2 ** retry);

    expect(waits.reduce((all, wait) => all + wait)).toBe(254_000);
  });

  it('lets a job be missed within seconds, and not before it had time to be done', () => {
    const { graceMs, reconcileMs } = new Pace();

    expect(graceMs).toBeGreaterThan(2 * reconcileMs);
    expect(graceMs + reconcileMs).toBeLessThan(10_000);
  });
});
