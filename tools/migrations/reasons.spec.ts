import { expect, it } from 'vitest';
import { exceptionsWithoutReason } from './reasons.ts';

it('an exception has its reason in the comment above it', () => {
  expect(exceptionsWithoutReason('-- No release reads it.\n-- squawk-ignore ban-drop-column\nDROP')).toEqual([]);
  expect(exceptionsWithoutReason('-- AlterTable\n-- squawk-ignore ban-drop-column\nDROP')).toHaveLength(1);
  expect(exceptionsWithoutReason('-- squawk-ignore-file ban-drop-column')).toMatchObject([{ line: 1 }]);
});

it('another exception is no reason', () => {
  const sql = '-- It is always empty.\n-- squawk-ignore truncating-table\n-- squawk-ignore ban-drop-table\n';

  expect(exceptionsWithoutReason(sql)).toMatchObject([{ line: 3 }]);
});
