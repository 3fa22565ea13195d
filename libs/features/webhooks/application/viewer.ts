import type { Principal } from '#platform/kernel/access/principal.js';
import type { Viewer } from './endpoints.repository.js';
import { hearEverybody } from './webhook.permissions.js';

export const viewerOf = ({ id, permissions }: Principal): Viewer => ({
  userId: id,
  everybody: permissions.has(hearEverybody.name),
});
