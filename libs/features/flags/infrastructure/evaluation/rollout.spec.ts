import { describe, expect, it } from 'vitest';
import { isWithin } from './rollout.js';

const keys = Array.from({ length: 10_000 }, (_, index) => `tests.switch:${index}`);
const within = (percentage: number): string[] => keys.filter((key) => isWithin(percentage, key));

describe('a percentage of many', () => {
  it.each([0, 1, 10, 50, 99.5, 100])('is about that: %d', (percentage) => {
    expect(Math.abs(within(percentage).length / 100 - percentage)).toBeLessThanOrEqual(1);
  });

  it('is nobody at 0 and everybody at 100', () => {
    expect([within(0).length, within(100).length]).toEqual([0, keys.length]);
  });

  it('has those of every smaller one', () => {
    const greater = new Set(within(30));

    expect(within(20).every((key) => greater.has(key))).toBe(true);
  });

  it('has others for another flag', () => {
    const here = keys.filter((key) => isWithin(50, key));
    const both = here.filter((key) => isWithin(50, key.replace('switch', 'wording')));

    expect(both.length / here.length).toBeCloseTo(0.5, 1);
  });
});

it('is the same in every process and every release', () => {
  expect([...'abcdefghij'].filter((key) => isWithin(50, `tests.switch:${key}`)).join('')).toBe('abcdi');
});
