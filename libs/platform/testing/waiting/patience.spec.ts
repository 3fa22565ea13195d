import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { patience } from './patience.js';

describe('patience', () => {
  it.each([
    ['nothing', 0, 100],
    ['these tests alone', 2, 100],
    ['twice as much', 4, 200],
    ['ten times as much', 20, 1_000],
  ])('on a machine that is busy with %s', (_what, loadOfEachCore, milliseconds) => {
    expect(patience(100, [loadOfEachCore * availableParallelism()])).toBe(milliseconds);
  });

  it('stays as it is where the load is not known', () => {
    expect(patience(100, [])).toBe(100);
  });
});
