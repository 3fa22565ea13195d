import { defineError } from '#platform/kernel/errors/app-error.js';

export const RoleNotFound = defineError({
  kind: 'not-found',
  code: 'ROLE_NOT_FOUND',
  title: 'There is no such role',
  help: 'GET /v1/roles lists them.',
});

export const RoleNameTaken = defineError({
  kind: 'conflict',
  code: 'ROLE_NAME_TAKEN',
  title: 'There is a role of that name',
  help: 'Choose another name, or change the role with PUT.',
});

export const RoleBuiltIn = defineError({
  kind: 'conflict',
  code: 'ROLE_BUILT_IN',
  title: 'Built-in roles do not change',
  help: 'Make a role of your own with the permissions you need.',
});

export const RoleInUse = defineError({
  kind: 'conflict',
  code: 'ROLE_IN_USE',
  title: 'Somebody holds the role',
  help: 'Take it away from all who hold it first.',
});

export const RoleUnknown = defineError({
  kind: 'invalid',
  code: 'ROLE_UNKNOWN',
  title: 'One of the roles does not exist',
  help: 'GET /v1/roles lists those that do.',
});

export const PermissionUnknown = defineError({
  kind: 'invalid',
  code: 'PERMISSION_UNKNOWN',
  title: 'One of the permissions does not exist',
  help: 'GET /v1/permissions lists those that do.',
});

export const LastAdministrator = defineError({
  kind: 'conflict',
  code: 'LAST_ADMINISTRATOR',
  title: 'Nobody would be left to administrate',
  help: 'Make somebody else an administrator first.',
});
