import { definePermission } from '#platform/kernel/access/permissions.js';

export const readUsers = definePermission('users:read', { description: 'See the accounts of all users.' });
export const updateUsers = definePermission('users:update', {
  description: 'Rename, disable and enable accounts of users who may do no more than oneself.',
});
export const deleteUsers = definePermission('users:delete', {
  description: 'Delete accounts of users who may do no more than oneself.',
});
export const readSessions = definePermission('sessions:read', { description: 'See where users are signed in.' });
export const endSessions = definePermission('sessions:end', {
  description: 'Sign out users who may do no more than oneself.',
});
