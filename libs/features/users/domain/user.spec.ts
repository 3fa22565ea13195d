import { describe, expect, it } from 'vitest';
import { aUser } from '../testing/user.factory.js';
import { whatChanged } from './user.js';

describe('what happened to a user', () => {
  const user = aUser({ status: 'active', name: 'Ada' });

  it.each([
    ['user.disabled', user, { ...user, status: 'disabled' }],
    ['user.enabled', { ...user, status: 'disabled' }, user],
    ['user.renamed', user, { ...user, name: 'Grace' }],
    ['user.renamed', user, { ...user, name: null }],
  ] as const)('is %s', (event, before, after) => {
    expect(whatChanged(before, after)).toBe(event);
  });

  it('is told by its status when the name changes as well', () => {
    expect(whatChanged(user, { ...user, status: 'disabled', name: 'Grace' })).toBe('user.disabled');
  });

  it('is nothing when neither status nor name is another', () => {
    expect(whatChanged(user, { ...user })).toBeNull();
  });
});
