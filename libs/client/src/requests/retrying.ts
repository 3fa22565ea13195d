import { pause } from './abort.js';
import type { Fetch } from './fetch.js';
import { IDEMPOTENCY_KEY } from './idempotency-keys.js';

export type Retries = Readonly<{
  /** How often a request is repeated at most. */
  times: number;
  /** An answer that asks to wait for longer is handed on instead. */
  longestWaitMs: number;
}>;

export const RETRIES: Retries = { times: 3, longestWaitMs: 20_000 };

const FIRST_WAIT_MS = 250;
const LATER_WAIT_MS = 4_000;
/** So much longer than the service asks for, at most: those who were turned away together come back one by one. */
const SPREAD = 0.25;

/** Of a proxy, or of a service that is about to stop or to start. */
const PASSING = [429, 502, 503, 504];

/** Nothing is done twice by a request that only reads, or that has a key by which the service knows it again. */
const isSafeOrKeyed = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has(IDEMPOTENCY_KEY);

/** Sends a request again when it got no answer, or one that tells to come later. */
export function retrying(send: Fetch, { times, longestWaitMs }: Retries, mayRepeat = isSafeOrKeyed): Fetch {
  const attempt = async (request: Request, number: number): Promise<Response> => {
    if (number === times || !mayRepeat(request)) return send(request);

    const answer = await send(request.clone()).catch((error: unknown) => noAnswer(request, error));
    const wait = answer === null ? backoff(number) : waitAfter(answer, number);
    if (answer !== null && (wait === null || wait > longestWaitMs)) return answer;
    await answer?.body?.cancel();
    await pause(wait ?? 0, request.signal);
    return attempt(request, number + 1);
  };
  return (request) => attempt(request, 0);
}

/** @throws what the caller wanted: an end */
function noAnswer({ signal }: Request, error: unknown): null {
  if (signal.aborted) throw error;
  return null;
}

/** In milliseconds; null when the answer will be the same next time. */
function waitAfter({ status, headers }: Response, number: number): number | null {
  const asked = status < 400 ? null : retryAfter(headers.get('Retry-After'));
  if (asked !== null) return asked * (1 + SPREAD * Math.random());
  return PASSING.includes(status) ? backoff(number) : null;
}

const backoff = (number: number): number => Math.random() * Math.min(LATER_WAIT_MS, FIRST_WAIT_MS * 2 ** number);

/** Seconds or a date (RFC 9110, section 10.2.3), in milliseconds from now. */
function retryAfter(value: string | null): number | null {
  if (value === null) return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? null : wait;
}
