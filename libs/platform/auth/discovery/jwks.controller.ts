import { Controller, Get, Headers, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { headerRefs } from '../../http/answers/documented-headers.js';
import type { SchemaObject } from '../../http/answers/openapi-types.js';
import { Public } from '../../http/routes/access.decorators.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { PublicDocument } from './public-document.js';

const text = { type: 'string' } as const;
/** RFC 7517, section 5, with public members alone; which of them there are depends on the kind of key. */
const JWK_SET: SchemaObject = {
  title: 'JsonWebKeySet',
  type: 'object',
  example: {
    keys: [
      {
        kty: 'OKP',
        kid: '2026-01',
        alg: 'EdDSA',
        use: 'sig',
        crv: 'Ed25519',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      },
    ],
  },
  required: ['keys'],
  properties: {
    keys: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kty', 'kid', 'alg', 'use'],
        properties: {
          kty: text,
          kid: text,
          alg: text,
          use: { type: 'string', enum: ['sig'] },
          crv: text,
          x: text,
          y: text,
          n: text,
          e: text,
        },
        additionalProperties: false,
      },
    },
  },
};

/** The public keys, for other services that verify our access tokens (RFC 7517). */
@Controller({ path: '.well-known/jwks.json', version: VERSION_NEUTRAL })
export class JwksController {
  private readonly document: PublicDocument;

  constructor(keys: SigningKeys) {
    this.document = new PublicDocument(keys.publicKeySet, 'application/jwk-set+json');
  }

  @Get()
  @ApiOperation({ summary: 'Get the public keys of access tokens' })
  @Public()
  @ApiOkResponse({
    description: 'A JSON Web Key Set, without an envelope.',
    headers: headerRefs(['ETag']),
    content: { 'application/jwk-set+json': { schema: JWK_SET } },
  })
  @ApiResponse({ status: 304, description: 'Not modified.', headers: headerRefs(['ETag']) })
  find(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    this.document.send(reply, known);
  }
}
