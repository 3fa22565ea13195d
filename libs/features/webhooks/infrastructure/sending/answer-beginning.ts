import { scrub } from '#platform/logging/redact.js';

const LONGEST_BYTES = 1_024;
/** Of webhooks, whoever's: what tells about itself in an answer may be a copy of its configuration. */
const WEBHOOK_SECRET = /whsec_[\w+/=-]{16,}/g;
const SIGNATURE = /v1a?,[\w+/=-]{40,}/g;
const REDACTED = '[redacted]';

/**
 * The first 1 KiB, without what looks like a secret. A receiver that fails likes to show the request, or its own configuration.
 * Postgres stores no NUL.
 */
export function answerBeginning(text: string): string {
  const clean = scrub(text.replaceAll('\0', '').replaceAll(WEBHOOK_SECRET, REDACTED).replaceAll(SIGNATURE, REDACTED));
  return cut(clean, LONGEST_BYTES);
}

/** At the end of a character. */
function cut(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  return new TextDecoder().decode(all.subarray(0, bytes), { stream: true });
}
