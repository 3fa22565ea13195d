import { Controller, Get, Headers, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { headerRefs } from '../../http/answers/documented-headers.js';
import { Public } from '../../http/routes/access.decorators.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { PublicDocument } from './public-document.js';

const metadata = z
  .object({
    issuer: z.string().meta({ examples: ['https://api.example.com'] }),
    jwks_uri: z.url().meta({ examples: ['https://api.example.com/.well-known/jwks.json'] }),
    id_token_signing_alg_values_supported: z
      .array(z.string())
      .meta({ description: 'Of the keys at jwks_uri.', examples: [['ES256']] }),
    subject_types_supported: z
      .tuple([z.literal('public')])
      .meta({ description: 'Everybody knows a user by the same subject.', examples: [['public']] }),
  })
  .meta({ id: 'IssuerMetadata' });

const FOUND = {
  description: 'The metadata, without an envelope.',
  headers: headerRefs(['ETag']),
  standardSchema: metadata,
};
const NOT_MODIFIED = { status: 304, description: 'Not modified.', headers: headerRefs(['ETag']) };

/**
 * So that a service which knows the issuer and nothing else can verify our access tokens. Only what is true of us: there is no authorization
 * or token endpoint here for strangers, so none is named, and no id_token, though verifiers read the algorithms of our keys under that name.
 */
@Controller({ path: '.well-known', version: VERSION_NEUTRAL })
export class DiscoveryController {
  private readonly document: PublicDocument;

  constructor({ AUTH_ISSUER, PUBLIC_URL }: Config, keys: SigningKeys) {
    const described: z.infer<typeof metadata> = {
      issuer: AUTH_ISSUER ?? PUBLIC_URL,
      jwks_uri: `${PUBLIC_URL}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: [...new Set(keys.publicKeySet.keys.map(({ alg }) => alg))],
      subject_types_supported: ['public'],
    };
    this.document = new PublicDocument(described, 'application/json');
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  @Get('openid-configuration')
  @ApiOperation({ summary: 'Find the keys, as an OpenID client' })
  @Public()
  @ApiOkResponse(FOUND)
  @ApiResponse(NOT_MODIFIED)
  openIdConfiguration(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    this.document.send(reply, known);
  }

  /** RFC 8414, section 3. */
  @Get('oauth-authorization-server')
  @ApiOperation({ summary: 'Find the keys, as an OAuth client' })
  @Public()
  @ApiOkResponse(FOUND)
  @ApiResponse(NOT_MODIFIED)
  authorizationServer(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    this.document.send(reply, known);
  }
}
