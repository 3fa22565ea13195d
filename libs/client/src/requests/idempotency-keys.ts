import type { Middleware } from 'openapi-fetch';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** Gives a key to each request that can have one and has none. Repetitions send the same request, with the same key. */
export const idempotencyKeys = (operations: readonly string[]): Middleware => ({
  onRequest({ request, schemaPath }) {
    const isKeyed = operations.includes(`${request.method} ${schemaPath}`);
    if (isKeyed && !request.headers.has(IDEMPOTENCY_KEY)) request.headers.set(IDEMPOTENCY_KEY, newKey());
  },
});

/** crypto.randomUUID is missing on pages that are not served over HTTPS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
