import type { FastifyRequest } from 'fastify';
import { WebhookSignatureInvalid } from './webhook.errors.js';
import { isSigned } from './webhook-signature.js';

/** In either direction: clocks differ. */
const TOLERANCE_SECONDS = 5 * 60;
/** As the table holds them. */
const ID = /^[\x21-\x7e]{1,255}$/;
const NOTHING = Buffer.alloc(0);

/** `webhook-id` of a request that is signed, and new enough not to be a copy of an old one. @throws WebhookSignatureInvalid */
export function verifiedId(
  { headers, rawBody = NOTHING }: Pick<FastifyRequest, 'headers' | 'rawBody'>,
  secrets: readonly string[],
  now: Date,
): string {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !ID.test(id))
    throw new WebhookSignatureInvalid('webhook-id, webhook-timestamp and webhook-signature are needed.');

  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) - now.getTime() / 1_000) > TOLERANCE_SECONDS)
    throw new WebhookSignatureInvalid(`webhook-timestamp is more than ${TOLERANCE_SECONDS} seconds off.`);

  if (!isSigned({ id, timestamp, body: rawBody }, signatures, secrets)) throw new WebhookSignatureInvalid();
  return id;
}
