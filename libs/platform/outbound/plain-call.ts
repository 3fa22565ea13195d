import type { Pool } from 'undici';
import type { AnswerLimit } from './answer.js';
import { OutboundFailure } from './outbound-failure.js';

export type PlainAnswer = Readonly<{
  status: number;
  /** In lower case; of one that comes twice the first. */
  header: (name: string) => string | null;
  text: string;
}>;
type Message = Readonly<{ url: URL; headers: ReadonlyMap<string, string>; body: string; signal: AbortSignal }>;

/** One POST by HTTP/1.1, as its body comes: who wants it decompressed has to ask for that. @throws OutboundFailure; what undici throws */
export async function plainCall(
  pool: Pool,
  { url, headers, body, signal }: Message,
  { maxBytes, longer }: AnswerLimit,
): Promise<PlainAnswer> {
  const request = {
    path: url.pathname + url.search,
    method: 'POST',
    headers: Object.fromEntries(headers),
    body,
    signal,
  };
  const answer = await pool.request(request);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes && longer === 'refused') throw new OutboundFailure('too-large', url.origin);
    chunks.push(chunk);
    if (bytes > maxBytes) break;
  }
  return {
    status: answer.statusCode,
    header: (name) => [answer.headers[name] ?? null].flat()[0] ?? null,
    text: Buffer.concat(chunks).subarray(0, maxBytes).toString(),
  };
}
