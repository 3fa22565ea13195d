import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { MalformedRequest } from '../errors/http.errors.js';
import { IdempotencyKeyInvalid } from './idempotency.errors.js';

/** 1 to 255 characters: as a structured-field string (RFC 9651, section 3.3.3), or visible ones as they are. */
export const IDEMPOTENCY_KEY = /^(?:"((?:[ !#-[\]-~]|\\["\\]){1,255})"|([!#-~][!-~]{0,254}))$/;

/** The key of a request, without its quotes. @throws IdempotencyKeyInvalid */
export function idempotencyKeyOf({ raw }: FastifyRequest): string {
  // Node joins repeated headers into one value, which could pass for a key; the raw list still tells.
  const [header, ...others] = raw.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'idempotency-key',
  );
  if (header === undefined || others.length > 0) throw new IdempotencyKeyInvalid();

  const [, quoted, bare] = IDEMPOTENCY_KEY.exec(header.trim()) ?? [];
  const key = quoted?.replace(/\\(["\\])/g, '$1') ?? bare;
  if (key === undefined) throw new IdempotencyKeyInvalid();
  return key;
}

/** Equal for requests that mean the same: method, path and parsed body. @throws MalformedRequest when the body is deeper than the stack */
export function fingerprintOf({ method, url, body }: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(stringify([method, url, body]))
    .digest();
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MalformedRequest('The body is nested too deeply.', { cause });
  }
}
