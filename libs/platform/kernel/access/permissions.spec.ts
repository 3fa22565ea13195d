import { describe, expect, it } from 'vitest';
import { definedPermissions, definePermission, unknownPermissions } from './permissions.js';

const paint = definePermission('tests:paint', { description: 'Paint tests.' });

describe('a permission', () => {
  it('is known from its definition on, under its name', () => {
    expect(definedPermissions().get('tests:paint')).toBe(paint);
  });

  it('is defined once', () => {
    expect(() => definePermission('tests:paint', { description: 'Paint something else.' })).toThrow(
      'The permission tests:paint is defined twice.',
    );
  });

  it('that does not exist is pointed at', () => {
    expect(unknownPermissions(['tests:paint', 'tests:fly', 'nonsense'])).toEqual([
      expect.objectContaining({ pointer: '#/permissions/1', code: 'permission_unknown' }),
      expect.objectContaining({ pointer: '#/permissions/2', code: 'permission_unknown' }),
    ]);
  });
});
