import type { Response as Received } from 'undici';
import { OutboundFailure } from './outbound-failure.js';

export type AnswerLimit = Readonly<{
  maxBytes: number;
  /** What becomes of one that is longer: it is no answer, or only its beginning counts. */
  longer: 'refused' | 'cut';
}>;

/**
 * The answer, of at most `maxBytes` after decompression: a timeout alone lets a fast server fill the memory. What is longer is not read
 * to its end, and its connection is closed.
 * @throws OutboundFailure with `too-large` or `protocol`; what the connection throws
 */
export async function wholeAnswer(
  received: Received,
  { maxBytes, longer }: AnswerLimit,
  destination: string,
): Promise<Response> {
  const { body, status, headers } = received;
  // Node's client takes any three digits for a status.
  if (status < 200 || status > 599) throw new OutboundFailure('protocol', destination);

  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes && longer === 'refused') throw new OutboundFailure('too-large', destination);
    chunks.push(chunk);
    if (bytes > maxBytes) break;
  }
  return new Response(body === null ? null : Buffer.concat(chunks).subarray(0, maxBytes), {
    status,
    headers: [...headers],
  });
}
