import { defineError } from '#platform/kernel/errors/app-error.js';

export const FlagUnknown = defineError({
  kind: 'invalid',
  code: 'FLAG_UNKNOWN',
  title: 'The code declares no such flag',
  help: 'GET /v1/admin/flags lists those that there are.',
});

export const FlagValueUnknown = defineError({
  kind: 'invalid',
  code: 'FLAG_VALUE_UNKNOWN',
  title: 'The flag has no such value',
  help: 'Take one of its values, which GET /v1/admin/flags lists.',
});
