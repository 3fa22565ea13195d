import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.decorators.js';
import { matchesEtag } from '../http/if-none-match.js';
import { headerRefs } from '../http/openapi-components.js';
import { SigningKeys } from './signing-keys.js';

/** How long verifiers may keep the keys. A new key is published at least this long before it signs. */
const MAX_AGE_SECONDS = 300;

/** The public keys, for other services that verify our access tokens (RFC 7517). */
@Controller({ path: '.well-known/jwks.json', version: VERSION_NEUTRAL })
export class JwksController {
  private readonly body: string;
  private readonly etag: string;

  constructor(keys: SigningKeys) {
    this.body = JSON.stringify(keys.publicKeySet);
    this.etag = `"${createHash('sha256').update(this.body).digest('base64url')}"`;
  }

  @Get()
  @Public()
  @ApiOperation({ summary: 'Public keys of access tokens' })
  @ApiOkResponse({ description: 'A JSON Web Key Set, without an envelope.', headers: headerRefs(['ETag']) })
  @ApiResponse({ status: 304, description: 'Not modified.', headers: headerRefs(['ETag']) })
  find(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    void reply.header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`).header('etag', this.etag);
    if (known !== undefined && matchesEtag(known, this.etag)) void reply.code(304).send();
    else void reply.type('application/jwk-set+json').send(this.body);
  }
}
