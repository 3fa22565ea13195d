import { describe, expect, it } from 'vitest';
import { orderOf } from './measure.ts';

describe('orderOf', () => {
  const turns = Array.from({ length: 6 }, (_, turn) => orderOf(['a', 'b', 'c'], turn).join(''));

  it('goes there and back, each time from another one', () => {
    expect(turns).toEqual(['abc', 'cba', 'bca', 'acb', 'cab', 'bac']);
  });

  it('lets each come twice in a row equally often', () => {
    const twice = turns.map((turn, index) => [turn.at(-1), turns[(index + 1) % turns.length]?.at(0)]);
    const repeated = twice.filter(([last, next]) => last === next).map(([last]) => last);

    expect(new Set(repeated)).toEqual(new Set(['a', 'b', 'c']));
    expect(repeated).toHaveLength(3);
  });
});
