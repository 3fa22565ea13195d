import { describe, expect, it } from 'vitest';
import type { AccessSubject } from '../kernel/access/access-changes.js';
import { AccessInvalidation } from './access-invalidation.js';

function setup({ startedAt }: { startedAt?: number } = {}) {
  const invalidation = new AccessInvalidation();
  if (startedAt !== undefined) invalidation.syncTo(startedAt);
  const told: AccessSubject[] = [];
  invalidation.onInvalidate((subject) => told.push(subject));
  return { invalidation, told };
}

describe('AccessInvalidation', () => {
  it('passes the next change on as it is', () => {
    const { invalidation, told } = setup({ startedAt: 7 });

    invalidation.apply(8, 'user:ada');
    invalidation.apply(9, 'api-key:k');

    expect(told).toEqual(['user:ada', 'api-key:k']);
  });

  it('forgets everything when a change was missed', () => {
    const { invalidation, told } = setup({ startedAt: 7 });

    invalidation.apply(9, 'user:ada');
    invalidation.apply(10, 'user:grace');

    expect(told).toEqual(['everyone', 'user:grace']);
  });

  it('passes on what arrives late, and what comes after it', () => {
    const { invalidation, told } = setup({ startedAt: 7 });

    invalidation.apply(9, 'user:ada');
    invalidation.apply(8, 'user:grace');
    invalidation.apply(10, 'user:lin');

    expect(told).toEqual(['everyone', 'user:grace', 'user:lin']);
  });

  it('forgets everything before it knows where it stands', () => {
    const { invalidation, told } = setup();

    invalidation.apply(8, 'user:ada');

    expect(told).toEqual(['everyone']);
  });

  it('forgets everything when Postgres knows of a change that was never published', () => {
    const { invalidation, told } = setup({ startedAt: 7 });

    invalidation.syncTo(8);

    expect(told).toEqual(['everyone']);
  });

  it('forgets nothing while nothing happens, or is known already', () => {
    const { invalidation, told } = setup({ startedAt: 7 });

    invalidation.syncTo(7);
    invalidation.apply(8, 'user:ada');
    invalidation.syncTo(8);
    invalidation.syncTo(7);

    expect(told).toEqual(['user:ada']);
  });
});
