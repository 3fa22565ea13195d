import { describe, expect, it } from 'vitest';
import { withoutItems } from './documents.ts';

const TEXT = `| a | b |
|---|---|
| row | goes |
| row | stays |

- a point
  that goes
- a point that stays
- the last

A sentence.`;

const without = (...lines: number[]) => withoutItems(TEXT, new Set(lines));

describe('what leads to something that is gone', () => {
  it('goes as a whole: a row', () => {
    expect(without(2)).toBe(TEXT.replace('| row | goes |\n', ''));
  });

  it.each([5, 6])('goes as a whole: a point, whichever of its lines leads there (%i)', (line) => {
    expect(without(line)).toBe(TEXT.replace('- a point\n  that goes\n', ''));
  });

  it('goes as a whole: the last point of a list', () => {
    expect(without(8)).toBe(TEXT.replace('- the last\n', ''));
  });

  it('is named when it is a sentence, which only a person can change', () => {
    expect(() => without(10)).toThrow('What goes is spoken of in a sentence: A sentence.');
  });
});
