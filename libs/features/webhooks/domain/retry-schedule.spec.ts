import { describe, expect, it } from 'vitest';
import { MOST_ATTEMPTS, waitAfter } from './retry-schedule.js';

const HOUR_MS = 3_600_000;

describe('the wait after an attempt', () => {
  it('is 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, and then there is none', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, index) => waitAfter(index + 1, 0, 0));

    const hours = [2, 5, 10, 14, 20, 24].map((each) => each * HOUR_MS);
    expect(waits).toEqual([5_000, 300_000, 1_800_000, ...hours, null]);
  });

  it('is up to a tenth longer, at random', () => {
    expect(waitAfter(2, 0, 0.5)).toBe(315_000);
    expect(waitAfter(2, 0, 1)).toBe(330_000);
  });

  it('is what the receiver asks for where that is longer, up to a day', () => {
    expect(waitAfter(1, 60_000, 0)).toBe(60_000);
    expect(waitAfter(2, 60_000, 0)).toBe(300_000);
    expect(waitAfter(1, 1_000 * HOUR_MS, 0)).toBe(24 * HOUR_MS);
  });
});
