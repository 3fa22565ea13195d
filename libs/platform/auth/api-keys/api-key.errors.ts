import { defineError } from '../../kernel/errors/app-error.js';

/** One code for everything that is wrong with a key: unknown, revoked, misspelled, or its owner is gone. */
export const ApiKeyInvalid = defineError({
  kind: 'unauthenticated',
  code: 'API_KEY_INVALID',
  title: 'The API key is not valid',
  help: 'Check that all of it is sent. A revoked key does not come back: ask for another.',
});

export const ApiKeyExpired = defineError({
  kind: 'unauthenticated',
  code: 'API_KEY_EXPIRED',
  title: 'The API key has expired',
  help: 'Ask for another.',
});
