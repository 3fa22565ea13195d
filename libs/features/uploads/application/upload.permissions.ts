import { definePermission } from '#platform/kernel/access/permissions.js';

export const createUploads = definePermission('uploads:create', { description: 'Send files.', everyone: true });
export const readUploads = definePermission('uploads:read', {
  description: 'Read the files one has sent.',
  everyone: true,
});
export const deleteUploads = definePermission('uploads:delete', {
  description: 'Delete the files one has sent.',
  everyone: true,
});
