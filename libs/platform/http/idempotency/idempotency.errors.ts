import { defineError } from '../../kernel/errors/app-error.js';

export const IdempotencyKeyInvalid = defineError({
  kind: 'malformed',
  code: 'IDEMPOTENCY_KEY_INVALID',
  title: 'The Idempotency-Key is missing or malformed',
  help: 'Send one Idempotency-Key header of 1 to 255 visible characters, new for each intended effect.',
});

export const IdempotencyKeyInUse = defineError({
  kind: 'conflict',
  code: 'IDEMPOTENCY_KEY_IN_USE',
  title: 'The first request with this key is still running',
  help: 'Wait for the time in Retry-After and send the same request again.',
});

export const IdempotencyKeyReused = defineError({
  kind: 'invalid',
  code: 'IDEMPOTENCY_KEY_REUSED',
  title: 'The key was used for another request',
  help: 'Use a new key for a new request; repeat a request exactly to have its answer again.',
});
