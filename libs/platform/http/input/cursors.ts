import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { deriveKey } from '../../config/derived-key.js';
import { defineError } from '../../kernel/errors/app-error.js';

export const CursorInvalid = defineError({
  kind: 'malformed',
  code: 'CURSOR_INVALID',
  title: 'The cursor does not belong to this list',
  help: 'Pass `meta.page.nextCursor` on as it came, with the same filters, or start again without a cursor.',
});

const MAC_BYTES = 16;

/** Positions in a list as clients see them: signed, not encrypted, and worth nothing with other filters or for another caller (AIP-158). */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = deriveKey(config.APP_SECRET, 'cursors');
  }

  encode(position: string, request: FastifyRequest): string {
    return Buffer.concat([this.mac(position, request), Buffer.from(position)]).toString('base64url');
  }

  /** @throws CursorInvalid */
  decode(cursor: string, request: FastifyRequest): string {
    const bytes = Buffer.from(cursor, 'base64url');
    const position = bytes.subarray(MAC_BYTES).toString();
    if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) throw new CursorInvalid();
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(position, request))) throw new CursorInvalid();
    return position;
  }

  private mac(position: string, request: FastifyRequest): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([position, scopeOf(request)]))
      .digest()
      .subarray(0, MAC_BYTES);
  }
}

/** The list a position belongs to: its path, its filters, its reader. The limit may change from page to page. */
function scopeOf({ routeOptions, params, query, principal }: FastifyRequest): unknown {
  const filters = Object.entries(query as object).filter(([name]) => name !== 'cursor' && name !== 'limit');
  return [routeOptions.url, params, filters.sort(([a], [b]) => (a < b ? -1 : 1)), principal?.id];
}

/** Decodes the cursor of list routes, so that features see positions and never cursors. */
export function decodeCursors(fastify: FastifyInstance, cursors: Cursors): void {
  fastify.addHook('onRoute', (route) => {
    if (!route.config?.returns?.page) return;

    route.preValidation = (request, _reply, done) => {
      const query = request.query as { cursor?: unknown };
      if (query.cursor === undefined) return done();
      if (typeof query.cursor !== 'string') return done(new CursorInvalid());
      query.cursor = cursors.decode(query.cursor, request);
      done();
    };
  });
}
