import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentWorkload, inWorkload } from './workload.js';

describe('currentWorkload', () => {
  it('is the innermost that was named, also after a wait', async () => {
    const seen = await inWorkload('outer', async () => {
      const inner = inWorkload('inner', async () => {
        await nextTurn();
        return currentWorkload();
      });
      return [await inner, currentWorkload()];
    });

    expect(seen).toEqual(['inner', 'outer']);
  });

  it('is one and the same for all work that nobody has named', () => {
    expect(currentWorkload()).toBe('background');
  });
});
