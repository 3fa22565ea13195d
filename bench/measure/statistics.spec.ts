import { describe, expect, it } from 'vitest';
import { median, ratioOf } from './statistics.ts';

describe('median', () => {
  it('is the one in the middle, or what lies between the two', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  });
});

describe('ratioOf', () => {
  it('compares what was measured side by side: a machine that is slow for a while is slow for both', () => {
    const references = [10, 10, 30, 30, 10];
    const costs = references.map((reference) => reference * 1.1);

    expect(ratioOf([{ costs, references }]).value).toBeCloseTo(1.1);
  });

  it('is the median of the rounds, between the lowest and the highest', () => {
    const round = (ratio: number) => ({ costs: [ratio], references: [1] });

    expect(ratioOf([round(1.2), round(0.9), round(1)])).toEqual({ value: 1, low: 0.9, high: 1.2 });
  });

  it('is not misled by a visit that something else disturbed', () => {
    expect(ratioOf([{ costs: [10, 10, 90, 10, 10], references: [10, 10, 10, 10, 10] }]).value).toBe(1);
  });
});
