import { backoffMs } from '../kernel/backoff.js';
import { type FailureReason, OutboundFailure } from './outbound-failure.js';

const BACKOFF = { firstMs: 200, longestMs: 2_000 };

/** Asking twice does what asking once does (RFC 9110, section 9.2.2). */
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];
/** The other side has heard nothing: any call may be repeated. */
const UNSENT: readonly FailureReason[] = ['dns', 'connect', 'connect-timeout'];
const TRANSIENT: readonly FailureReason[] = [...UNSENT, 'connection-lost', 'headers-timeout', 'body-timeout'];
/** Too many requests; and what proxies say of a server that is away or overloaded. */
const NOT_NOW = [429, 502, 503, 504];

/** An Idempotency-Key makes any method one that may be repeated (IETF draft, "The Idempotency-Key HTTP Header Field"). */
export const isRepeatable = (method: string, headers: Headers): boolean =>
  IDEMPOTENT.includes(method) || headers.has('idempotency-key');

/** How long to wait before a call is repeated after this outcome; null when it must not be. */
export function pauseAfter(outcome: Response | OutboundFailure, attempt: number, canRepeat: boolean): number | null {
  if (outcome instanceof OutboundFailure)
    return (canRepeat ? TRANSIENT : UNSENT).includes(outcome.reason) ? backoffMs(BACKOFF, attempt) : null;
  if (!canRepeat || !NOT_NOW.includes(outcome.status)) return null;
  return retryAfterMs(outcome.headers.get('retry-after'), Date.now()) + backoffMs(BACKOFF, attempt);
}

/** Seconds or a date (RFC 9110, section 10.2.3); 0 for anything else. */
export function retryAfterMs(value: string | null, now: number): number {
  if (value === null) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
