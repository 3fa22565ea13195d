import { expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

const pauses = (failures: number) =>
  Array.from({ length: 200 }, () => backoffMs({ firstMs: 100, longestMs: 600 }, failures));

it.each([
  ['the first failure', 1, 100],
  ['the second', 2, 200],
  ['the third', 3, 400],
  ['so many that it stays the longest', 2_000, 600],
])('the pause doubles with each failure up to the longest, half of it at random: %s', (_which, failures, longest) => {
  expect(Math.min(...pauses(failures))).toBeGreaterThanOrEqual(longest / 2);
  expect(Math.max(...pauses(failures))).toBeLessThanOrEqual(longest);
  expect(new Set(pauses(failures)).size).toBeGreaterThan(1);
});
