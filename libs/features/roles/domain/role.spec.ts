import { describe, expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { aRole } from '../testing/role.factory.js';
import { PermissionUnknown, RoleBuiltIn } from './role.errors.js';
import { defineRole, requireAuthority, requireChangeable } from './role.js';

describe('a role', () => {
  it('has each of its permissions once, in order', () => {
    const { permissions } = defineRole('testers', ['tests:write', 'tests:read', 'tests:write']);

    expect(permissions).toEqual(['tests:read', 'tests:write']);
  });

  it('consists of permissions that exist, and says which do not', () => {
    const define = () => defineRole('testers', ['tests:read', 'tests:fly', 'nonsense']);

    expect(define).toThrow(PermissionUnknown);
    expect(define).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ pointer: '#/permissions/1' }),
          expect.objectContaining({ pointer: '#/permissions/2' }),
        ],
      }),
    );
  });

  it('does not change when it is built in', () => {
    expect(() => requireChangeable(aRole({ isBuiltIn: true }))).toThrow(RoleBuiltIn);
    expect(() => requireChangeable(aRole())).not.toThrow();
  });
});

describe('authority', () => {
  it.each([
    ['what one holds', ['tests:read']],
    ['nothing', []],
    ['what everybody holds anyway', ['tests:everyone']],
  ])('reaches to %s', (_, permissions) => {
    expect(() => requireAuthority(aHolderOf('tests:read'), permissions)).not.toThrow();
  });

  it('is not needed for what the software no longer knows', () => {
    expect(() => requireAuthority(aHolderOf('tests:read'), ['tests:removed-with-their-feature'])).not.toThrow();
  });

  it('ends at what one does not hold', () => {
    expect(() => requireAuthority(aHolderOf('tests:read'), ['tests:read', 'tests:write'])).toThrow(PermissionDenied);
  });
});
