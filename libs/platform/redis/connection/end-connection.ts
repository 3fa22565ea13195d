import type { Redis } from 'ioredis';

/**
 * Ends it for good, with a farewell if it is open. In the middle of a TLS handshake the farewell is answered with an error, which is
 * the second one when the certificate is refused as well: ioredis hears only the first, and the other would end the process.
 */
export function endConnection(redis: Redis): void {
  const isOpening = redis.status === 'connecting';
  redis.disconnect();
  if (isOpening) redis.stream?.destroy();
}
