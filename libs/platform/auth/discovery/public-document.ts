import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { matchesEtag } from '../../http/answers/if-none-match.js';

/** How long verifiers may keep keys and metadata. A new key is published at least this long before it signs. */
const MAX_AGE_SECONDS = 300;

/** What others may know of this process does not change while it runs: the same bytes for everybody, and for caches to keep. */
export class PublicDocument {
  private readonly body: string;
  private readonly etag: string;

  constructor(
    document: object,
    private readonly type: string,
  ) {
    this.body = JSON.stringify(document);
    this.etag = `"${createHash('sha256').update(this.body).digest('base64url')}"`;
  }

  /** @param known the request's If-None-Match */
  send(reply: FastifyReply, known: string | undefined): void {
    void reply.header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`).header('etag', this.etag);
    if (known !== undefined && matchesEtag(known, this.etag)) void reply.code(304).send();
    else void reply.type(this.type).send(this.body);
  }
}
