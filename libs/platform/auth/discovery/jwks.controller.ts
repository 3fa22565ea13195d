import { Controller, Get, Headers, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { headerRefs } from '../../http/answers/documented-headers.js';
import { Public } from '../../http/routes/access.decorators.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { PublicDocument } from './public-document.js';

const MEDIA_TYPE = 'application/jwk-set+json';

const text = z.string().optional();
/** RFC 7517, with public members alone; which of them there are depends on the kind of key. */
const key = z
  .object({
    kty: z.string(),
    kid: z.string(),
    alg: z.string(),
    use: z.literal('sig'),
    crv: text,
    x: text,
    y: text,
    n: text,
    e: text,
  })
  .meta({
    id: 'JsonWebKey',
    examples: [
      {
        kty: 'OKP',
        kid: '2026-01',
        alg: 'EdDSA',
        use: 'sig',
        crv: 'Ed25519',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      },
    ],
  });
const keySet = z.object({ keys: z.array(key) }).meta({ id: 'JsonWebKeySet' });

/** The public keys, for other services that verify our access tokens (RFC 7517). */
@Controller({ path: '.well-known/jwks.json', version: VERSION_NEUTRAL })
export class JwksController {
  private readonly document: PublicDocument;

  constructor(keys: SigningKeys) {
    this.document = new PublicDocument(keys.publicKeySet, MEDIA_TYPE);
  }

  @Get()
  @ApiOperation({ summary: 'Get the public keys of access tokens' })
  @Public()
  @ApiProduces(MEDIA_TYPE)
  @ApiOkResponse({
    description: 'A JSON Web Key Set, without an envelope.',
    headers: headerRefs(['ETag']),
    standardSchema: keySet,
  })
  @ApiResponse({ status: 304, description: 'Not modified.', headers: headerRefs(['ETag']) })
  find(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    this.document.send(reply, known);
  }
}
