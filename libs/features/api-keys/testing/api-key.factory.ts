import { definePermission } from '#platform/kernel/access/permissions.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import type { ApiKey } from '../domain/api-key.js';

definePermission('tests:read', { description: 'Read tests.' });
definePermission('tests:write', { description: 'Write tests.' });

export const NOW = new Date('2030-01-01T12:00:00.000Z');
export const daysAfterNow = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

/** A key nobody has used yet; override only what the test is about. */
export function anApiKey(overrides: Partial<ApiKey> = {}): ApiKey {
  return {
    id: newId(),
    userId: newId(),
    name: 'tests',
    permissions: ['tests:read'],
    createdAt: NOW,
    expiresAt: daysAfterNow(90),
    lastUsedAt: null,
    revokedAt: null,
    ...overrides,
  };
}

/** A signed-in user who holds these permissions and may make keys. */
export function aKeyMaker(...permissions: readonly string[]): Principal {
  return aHolderOf('api-keys:read', 'api-keys:write', ...permissions);
}
