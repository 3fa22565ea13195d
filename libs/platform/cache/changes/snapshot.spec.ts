import { describe, expect, it } from 'vitest';
import { Snapshot } from './snapshot.js';

describe('a snapshot', () => {
  it.each([
    ['before all that ran', 9, true],
    ['that still ran', 10, false],
    ['that had ended among those that ran', 11, true],
    ['that still ran, too', 12, false],
    ['that had ended last', 14, true],
    ['that had not begun', 15, false],
  ])('sees a transaction %s or not', (_, transaction, isSeen) => {
    expect(Snapshot.parse('10:15:10,12')?.sees(transaction)).toBe(isSeen);
  });

  it('sees everything before when nothing ran', () => {
    const snapshot = Snapshot.parse('15:15:');

    expect([14, 15].map((transaction) => snapshot?.sees(transaction))).toEqual([true, false]);
  });

  it.each([
    ['all had ended', 9, true],
    ['one was running', 10, false],
    ['one before it was running', 14, false],
  ])('tells whether it saw all up to one: %s', (_, transaction, isSeen) => {
    expect(Snapshot.parse('10:15:10,12')?.seesAllUpTo(transaction)).toBe(isSeen);
  });

  it.each(['', '1', '1:2', '1:2:x', 'x:2:', '1:2:3,', '-1:2:', '1:2:3:4', ' 1:2:'])('is not "%s"', (text) => {
    expect(Snapshot.parse(text)).toBeNull();
  });
});
