import { definePermission } from '#platform/kernel/access/permissions.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { Role } from '../domain/role.js';

export const readTests = definePermission('tests:read', { description: 'Read tests.' });
export const writeTests = definePermission('tests:write', { description: 'Write tests.' });
export const lookAtTests = definePermission('tests:everyone', { description: 'Look at tests.', everyone: true });

/** A role of somebody's own making; override only what the test is about. */
export function aRole(overrides: Partial<Role> = {}): Role {
  return { name: `role-${newId()}`, isBuiltIn: false, permissions: [readTests.name], ...overrides };
}
