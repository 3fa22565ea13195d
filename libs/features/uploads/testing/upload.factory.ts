import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type Declaration, declare, type Upload } from '../domain/upload.js';

export const NOW = new Date('2030-01-01T12:00:00Z');

export const aDeclaration = (overrides: Partial<Declaration> = {}): Declaration => ({
  kind: 'image',
  fileName: 'cat.png',
  contentType: 'image/png',
  size: 1_000,
  sha256: null,
  ...overrides,
});

/** One that waits for its file; override only what the test is about. */
export function anUpload(overrides: Partial<Upload> = {}): Upload {
  return { ...declare(aDeclaration(), { id: newId(), userId: newId(), now: NOW }), ...overrides };
}

/** Somebody who may do everything with uploads of their own, unless told otherwise. */
export function anUploader(overrides: Partial<Principal> = {}): Principal {
  const permissions = new Set(['uploads:create', 'uploads:read', 'uploads:delete']);
  return { id: newId(), kind: 'user', sessionId: newId(), roles: ['user'], permissions, ...overrides };
}
