import { expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

it('shows the lines that differ, and says so when only their order does', () => {
  expect(lineDiff('a\nb\nc', 'a\nB\nc')).toEqual(['- b', '+ B']);
  expect(lineDiff('a\nb', 'b\na')).toEqual(['the same lines in another order or number']);
  expect(lineDiff('a', 'a')).toEqual([]);
});
