import { definePermissions } from '#platform/kernel/permissions.js';

definePermissions({
  'users:read': { description: 'See the accounts of all users.' },
  'users:update': { description: 'Rename, disable and enable accounts of users who may do no more than oneself.' },
  'users:delete': { description: 'Delete accounts of users who may do no more than oneself.' },
  'sessions:read': { description: 'See where users are signed in.' },
  'sessions:end': { description: 'Sign out users who may do no more than oneself.' },
});
