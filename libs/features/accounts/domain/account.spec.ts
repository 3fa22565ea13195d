import { describe, expect, it } from '@jest/globals';
import { anAccount } from '../testing/account.factory.js';
import { whatChanged } from './account.js';

describe('what happened to an account', () => {
  const account = anAccount({ status: 'active', name: 'Ada' });

  it.each([
    ['user.disabled', account, { ...account, status: 'disabled' }],
    ['user.enabled', { ...account, status: 'disabled' }, account],
    ['user.renamed', account, { ...account, name: 'Grace' }],
    ['user.renamed', account, { ...account, name: null }],
  ] as const)('is %s', (event, before, after) => {
    expect(whatChanged(before, after)).toBe(event);
  });

  it('is told by its status when the name changes as well', () => {
    expect(whatChanged(account, { ...account, status: 'disabled', name: 'Grace' })).toBe('user.disabled');
  });

  it('is nothing when neither status nor name is another', () => {
    expect(whatChanged(account, { ...account })).toBeNull();
  });
});
