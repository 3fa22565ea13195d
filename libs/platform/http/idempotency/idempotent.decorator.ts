import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Throws } from '../errors/throws.decorator.js';
import { IdempotencyKeyInUse, IdempotencyKeyInvalid, IdempotencyKeyReused } from './idempotency.errors.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.js';

/**
 * The route needs an Idempotency-Key, and acts once for each (draft-ietf-httpapi-idempotency-key-header).
 * Its use case, the key and the stored answer commit in one transaction.
 */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    Throws(IdempotencyKeyInvalid, IdempotencyKeyInUse, IdempotencyKeyReused),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'Unique for each intended effect: 1 to 255 visible characters, or a structured-field string.',
      schema: { type: 'string', minLength: 1, pattern: IDEMPOTENCY_KEY.source },
    }),
  );
