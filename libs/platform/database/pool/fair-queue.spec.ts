import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.js';

function setup({ places = 3, patienceMs = 60_000 } = {}) {
  const queue = new FairQueue(places, patienceMs);
  const started: string[] = [];
  const failures: string[] = [];
  const enter = (...workloads: string[]) =>
    workloads.forEach((workload) => {
      if (queue.tryEnter(workload)) started.push(workload);
      else queue.wait(workload, (error) => (error ? failures : started).push(workload));
    });
  return { queue, started, failures, enter };
}

describe('FairQueue', () => {
  it('lets everybody in while there is room', () => {
    const { started, enter } = setup();

    enter('a', 'a', 'b');

    expect(started).toEqual(['a', 'a', 'b']);
  });

  it('keeps a place from a workload that holds all the others', () => {
    const { started, enter } = setup();

    enter('a', 'a', 'a', 'a', 'b');

    expect(started).toEqual(['a', 'a', 'b']);
  });

  it('gives what comes free to the workload that holds the fewest, first come first served among their own', () => {
    const { queue, started, enter } = setup();
    enter('a', 'a', 'b', 'a', 'a', 'c', 'd');

    queue.leave('a');
    queue.leave('b');
    queue.leave('a');

    expect(started).toEqual(['a', 'a', 'b', 'c', 'd', 'a']);
  });

  it('lets one in for each that leaves, and nobody beyond the places', () => {
    const { queue, started, enter } = setup({ places: 2 });
    enter(...Array<string>(50).fill('a'), ...Array<string>(50).fill('b'));

    for (let left = 0; left < 98; left++) queue.leave(started[left]!);

    expect([started.length, new Set(started.slice(0, 2))]).toEqual([100, new Set(['a', 'b'])]);
  });

  it('lets a single place go round', () => {
    const { queue, started, enter } = setup({ places: 1 });
    enter('a', 'a', 'b');

    queue.leave('a');

    expect(started).toHaveLength(2);
  });

  it('refuses work that waited for too long, and forgets it', async () => {
    const { queue, started, failures, enter } = setup({ places: 1, patienceMs: 1 });
    enter('a', 'b', 'b');

    await new Promise((resolve) => setTimeout(resolve, 20));
    queue.leave('a');
    enter('c');

    expect([failures, started]).toEqual([
      ['b', 'b'],
      ['a', 'c'],
    ]);
  });
});
