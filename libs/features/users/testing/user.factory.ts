import { definePermission } from '#platform/kernel/access/permissions.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { User } from '../domain/user.js';

/** What only administrators hold. */
definePermission('tests:administrate', { description: 'Administrate tests.' });

const NOW = new Date('2030-01-01T12:00:00.000Z');

/** An active user with everybody's role; override only what the test is about. */
export function aUser(overrides: Partial<User> = {}): User {
  const id = newId();
  return {
    id,
    email: `${id}@example.test`,
    emailVerifiedAt: NOW,
    name: 'Ada',
    status: 'active',
    roles: ['user'],
    createdAt: NOW,
    updatedAt: NOW,
    ...overrides,
  };
}
