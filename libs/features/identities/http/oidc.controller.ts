import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccountDisabled, sessionResponse, signInLimit } from '#features/accounts/index.js';
import { OriginNotAllowed } from '#platform/auth/auth.errors.js';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Cacheable } from '#platform/http/answers/cacheable.decorator.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Public } from '#platform/http/routes/access.decorators.js';
import { IdentityProviders } from '../application/identity-providers.js';
import { ExchangeCode } from '../application/sign-in/exchange-code.js';
import { SignInWithIdToken } from '../application/sign-in/id-token/sign-in-with-id-token.js';
import {
  IdentityNotLinked,
  IdTokenInvalid,
  OidcProviderNotFound,
  OidcProviderUnavailable,
  SignInCodeInvalid,
  SignInContended,
} from '../domain/identity.errors.js';
import {
  type ExchangeBody,
  exchangeBody,
  type IdTokenBody,
  idTokenBody,
  type ProviderParams,
  providerParams,
  providerResponse,
} from './identity.schemas.js';

@Controller({ path: 'auth/oidc', version: '1' })
export class OidcController {
  constructor(
    private readonly providers: IdentityProviders,
    private readonly exchangeCode: ExchangeCode,
    private readonly signInWithIdToken: SignInWithIdToken,
    private readonly transport: SessionTransport,
  ) {}

  @Get('providers')
  @ApiOperation({ summary: 'List identity providers' })
  @Public()
  @Cacheable({ public: true, maxAge: 60, swr: 600 })
  @Returns(200, z.array(providerResponse))
  list() {
    return this.providers.list();
  }

  @Post('exchange')
  @ApiOperation({
    summary: 'Exchange a code for a session',
    description:
      'The code comes from a sign-in at a provider. It works once and for a minute, together with its PKCE verifier.',
  })
  @Public()
  @RateLimited(signInLimit)
  @Returns(200, sessionResponse)
  @Throws(SignInCodeInvalid, IdentityNotLinked, AccountDisabled, SignInContended, OriginNotAllowed)
  exchange(
    @Body({ schema: exchangeBody }) { transport, ...input }: ExchangeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.transport.signIn({ request, reply }, transport, (client) => this.exchangeCode.execute(input, client));
  }

  @Post(':provider/id-token')
  @ApiOperation({ summary: 'Sign in with an ID token', description: 'For apps that talk to the provider themselves.' })
  @Public()
  @RateLimited(signInLimit)
  @Returns(200, sessionResponse)
  @Throws(
    IdTokenInvalid,
    IdentityNotLinked,
    AccountDisabled,
    SignInContended,
    OidcProviderNotFound,
    OidcProviderUnavailable,
  )
  idToken(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Body({ schema: idTokenBody }) proof: IdTokenBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.transport.signIn({ request, reply }, 'bearer', (client) =>
      this.signInWithIdToken.execute({ provider, ...proof }, client),
    );
  }
}
