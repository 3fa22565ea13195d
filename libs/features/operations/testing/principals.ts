import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';

export const aUser = (id: string = newId(), ...permissions: string[]): Principal => ({
  id,
  kind: 'user',
  sessionId: newId(),
  roles: [],
  permissions: new Set(permissions),
});

export const anApiKey = (ownerId: string, apiKeyId: string = newId(), ...permissions: string[]): Principal => ({
  id: ownerId,
  kind: 'api-key',
  sessionId: null,
  apiKeyId,
  roles: [],
  permissions: new Set(permissions),
});
