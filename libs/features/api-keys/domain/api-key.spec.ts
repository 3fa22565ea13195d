import { describe, expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aKeyMaker, daysAfterNow, NOW } from '../testing/api-key.factory.js';
import { ApiKeyExpiryRefused, ApiKeyPermissionUnknown } from './api-key.errors.js';
import { type ApiKeyWish, issueApiKey } from './api-key.js';

const maker = aKeyMaker('tests:read', 'tests:write');

const issue = (wish: Partial<ApiKeyWish> = {}, owner = maker) =>
  issueApiKey({ name: 'x', permissions: ['tests:read'], ...wish }, owner, 'an-id', NOW);

describe('an API key', () => {
  it('ends after 90 days when nobody says otherwise', () => {
    expect(issue()).toMatchObject({ userId: maker.id, createdAt: NOW, expiresAt: daysAfterNow(90), revokedAt: null });
  });

  it.each([daysAfterNow(366), new Date(NOW.getTime() + 1)])('may end at %p', (expiresAt) => {
    expect(issue({ expiresAt })).toMatchObject({ expiresAt });
  });

  it.each([NOW, daysAfterNow(-1), daysAfterNow(367)])('may not end at %p', (expiresAt) => {
    expect(() => issue({ expiresAt })).toThrow(ApiKeyExpiryRefused);
  });

  it('has each of its permissions once, in order', () => {
    expect(issue({ permissions: ['tests:write', 'tests:read', 'tests:write'] }).permissions).toEqual([
      'tests:read',
      'tests:write',
    ]);
  });

  it('has permissions that exist, and says which do not', () => {
    const define = () => issue({ permissions: ['tests:read', 'tests:fly'] });

    expect(define).toThrow(ApiKeyPermissionUnknown);
    expect(define).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '#/permissions/1' })] }),
    );
  });

  it('has no permission that its maker does not hold', () => {
    expect(() => issue({ permissions: ['tests:write'] }, aKeyMaker('tests:read'))).toThrow(PermissionDenied);
  });

  it('is not made by another key', () => {
    expect(() => issue({}, { ...maker, kind: 'api-key', sessionId: null })).toThrow(PermissionDenied);
  });
});
