import { definedPermissions } from '../kernel/access/permissions.js';
import type { Principal } from '../kernel/access/principal.js';
import { newId } from '../kernel/values/ids.js';

/** A signed-in user who may do everything; override what the test is about. */
export function aPrincipal(overrides: Partial<Principal> = {}): Principal {
  return {
    id: '0190a1b2-0000-7000-8000-000000000001',
    kind: 'user',
    sessionId: '0190a1b2-0000-7000-8000-000000000002',
    roles: [],
    permissions: new Set(definedPermissions().keys()),
    ...overrides,
  };
}

/** Somebody who is signed in and holds these permissions and no others. */
export function aHolderOf(...permissions: readonly string[]): Principal {
  return aPrincipal({ id: newId(), sessionId: newId(), roles: [], permissions: new Set(permissions) });
}

export const userWithoutPermissions = aHolderOf();
