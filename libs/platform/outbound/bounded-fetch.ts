/** A server of somebody else answered with more than it could mean. */
export class AnswerTooLarge extends Error {}

/** Libraries that take a `fetch` describe the body each in their own way. */
type Options = Omit<RequestInit, 'body'> & { body?: unknown };

/**
 * `fetch` that reads at most `maxBytes` of an answer, after decompression: a timeout alone lets a fast server fill the memory.
 * The body rejects with AnswerTooLarge, and the connection is closed.
 */
export function boundedFetch(maxBytes: number): (url: string | URL, options?: Options) => Promise<Response> {
  return async (url, options) => {
    const response = await fetch(url, options as RequestInit);
    return response.body === null ? response : new Response(response.body.pipeThrough(atMost(maxBytes)), response);
  };
}

function atMost(maxBytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new AnswerTooLarge(`The answer has more than ${maxBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
}
