import { describe, expect, it } from '@jest/globals';
import type { AccessSubject } from '../kernel/access-changes.js';
import { AccessWatch } from './access-watch.js';

function setup({ startedAt }: { startedAt?: number } = {}) {
  const watch = new AccessWatch();
  if (startedAt !== undefined) watch.catchUp(startedAt);
  const told: AccessSubject[] = [];
  watch.onChange((subject) => told.push(subject));
  return { watch, told };
}

describe('the watch over changes of access', () => {
  it('passes the next change on as it is', () => {
    const { watch, told } = setup({ startedAt: 7 });

    watch.hear(8, 'user:ada');
    watch.hear(9, 'api-key:k');

    expect(told).toEqual(['user:ada', 'api-key:k']);
  });

  it('forgets everything when a change was missed', () => {
    const { watch, told } = setup({ startedAt: 7 });

    watch.hear(9, 'user:ada');
    watch.hear(10, 'user:grace');

    expect(told).toEqual(['everyone', 'user:grace']);
  });

  it('passes on what arrives late, and what comes after it', () => {
    const { watch, told } = setup({ startedAt: 7 });

    watch.hear(9, 'user:ada');
    watch.hear(8, 'user:grace');
    watch.hear(10, 'user:lin');

    expect(told).toEqual(['everyone', 'user:grace', 'user:lin']);
  });

  it('forgets everything before it knows where it stands', () => {
    const { watch, told } = setup();

    watch.hear(8, 'user:ada');

    expect(told).toEqual(['everyone']);
  });

  it('forgets everything when Postgres knows of a change that nobody announced', () => {
    const { watch, told } = setup({ startedAt: 7 });

    watch.catchUp(8);

    expect(told).toEqual(['everyone']);
  });

  it('forgets nothing while nothing happens, or was heard of already', () => {
    const { watch, told } = setup({ startedAt: 7 });

    watch.catchUp(7);
    watch.hear(8, 'user:ada');
    watch.catchUp(8);
    watch.catchUp(7);

    expect(told).toEqual(['user:ada']);
  });
});
