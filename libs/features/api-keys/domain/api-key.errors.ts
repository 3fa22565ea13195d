import { defineError } from '#platform/kernel/errors/app-error.js';

export const ApiKeyNotFound = defineError({
  kind: 'not-found',
  code: 'API_KEY_NOT_FOUND',
  title: 'There is no such API key',
  help: 'It may have been revoked already.',
});

export const ApiKeyExpiryRefused = defineError({
  kind: 'invalid',
  code: 'API_KEY_EXPIRY_REFUSED',
  title: 'An API key cannot expire at that time',
  help: 'Choose a time that lies ahead, within a year.',
});

export const ApiKeyPermissionUnknown = defineError({
  kind: 'invalid',
  code: 'API_KEY_PERMISSION_UNKNOWN',
  title: 'The API key asks for a permission that does not exist',
  help: 'GET /v1/me/permissions lists those you hold.',
});
