import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { atEndOfTurn } from './end-of-turn.js';

describe('atEndOfTurn', () => {
  it('does nothing at once, and then everything in order', async () => {
    const done: number[] = [];
    const later = atEndOfTurn((item: number) => done.push(item));

    [1, 2, 3].forEach(later);
    expect(done).toEqual([]);
    await nextTurn();

    expect(done).toEqual([1, 2, 3]);
  });

  it('leaves what comes up meanwhile to the next turn', async () => {
    const done: string[] = [];
    const later = atEndOfTurn((item: string) => {
      done.push(item);
      if (item.length < 3) later(`${item}!`);
    });

    later('a');
    await nextTurn();
    expect(done).toEqual(['a']);
    await nextTurn();

    expect(done).toEqual(['a', 'a!']);
  });
});
