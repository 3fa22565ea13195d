import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { MalformedRequest } from '../http.errors.js';
import { IdempotencyKeyInvalid } from './idempotency.errors.js';

const BARE = /^[\x21-\x7e]{1,255}$/;
/** A structured-field string (RFC 9651, section 3.3.3). */
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/;

/** The key of a request, without its quotes. @throws IdempotencyKeyInvalid */
export function idempotencyKeyOf({ raw }: FastifyRequest): string {
  // Node joins repeated headers into one value, which could pass for a key; the raw list still tells.
  const [header, ...others] = raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'idempotency-key');
  if (header === undefined || others.length > 0) throw new IdempotencyKeyInvalid();

  const value = header.trim();
  const key = value.startsWith('"') ? QUOTED.exec(value)?.[1]?.replace(/\\(["\\])/g, '$1') : BARE.exec(value)?.[0];
  if (key === undefined || key.length > 255) throw new IdempotencyKeyInvalid();
  return key;
}

/** Equal for requests that mean the same: method, path and parsed body. @throws MalformedRequest when the body is deeper than the stack */
export function fingerprintOf({ method, url, body }: FastifyRequest): Buffer {
  return createHash('sha256').update(stringify([method, url, body])).digest();
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MalformedRequest('The body is nested too deeply.', { cause });
  }
}
