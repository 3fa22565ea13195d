/** S3 takes no part of a file that is smaller, except the last one. */
const LEAST_PART = 5 * 1_024 * 1_024;

/** The same bytes in pieces that are large enough, of which one at a time is in memory. */
export async function* inLargeParts(chunks: AsyncIterable<Uint8Array>, least = LEAST_PART): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < least) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
