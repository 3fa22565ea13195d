import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { UserNotFound } from '#features/accounts/index.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { Authenticated, RecentSignIn } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { LinkWithCode } from '../application/own-identities/link-with-code.js';
import { LinkWithIdToken } from '../application/own-identities/link-with-id-token.js';
import { ListIdentities } from '../application/own-identities/list-identities.js';
import { UnlinkIdentity } from '../application/own-identities/unlink-identity.js';
import {
  IdentityLinkedElsewhere,
  IdentityNotFound,
  IdTokenInvalid,
  LastSignInMethod,
  OidcProviderNotFound,
  OidcProviderUnavailable,
  SignInCodeInvalid,
} from '../domain/identity.errors.js';
import {
  type IdentityParams,
  type IdTokenBody,
  identityParams,
  identityResponse,
  idTokenBody,
  type LinkBody,
  linkBody,
  type ProviderParams,
  providerParams,
} from './identity.schemas.js';

@Controller({ path: 'me/identities', version: '1' })
export class IdentitiesController {
  constructor(
    private readonly listIdentities: ListIdentities,
    private readonly linkWithCode: LinkWithCode,
    private readonly linkWithIdToken: LinkWithIdToken,
    private readonly unlinkIdentity: UnlinkIdentity,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List my linked identities' })
  @Authenticated()
  @Returns(200, z.array(identityResponse))
  list(@CurrentPrincipal() principal: Principal) {
    return this.listIdentities.execute(principal);
  }

  @Post()
  @ApiOperation({
    summary: 'Link an identity with a code',
    description:
      'Takes the code of a sign-in that this client began, and links it to the signed-in user instead of signing in.',
  })
  @Authenticated()
  @RecentSignIn()
  @Returns(201, identityResponse)
  @Throws(SignInCodeInvalid, IdentityLinkedElsewhere, UserNotFound)
  link(@Body({ schema: linkBody }) input: LinkBody, @CurrentPrincipal() principal: Principal) {
    return this.linkWithCode.execute(principal, input);
  }

  @Post(':provider/id-token')
  @ApiOperation({
    summary: 'Link an identity with an ID token',
    description: 'For apps that talk to the provider themselves.',
  })
  @Authenticated()
  @RecentSignIn()
  @Returns(201, identityResponse)
  @Throws(IdTokenInvalid, OidcProviderNotFound, OidcProviderUnavailable, IdentityLinkedElsewhere, UserNotFound)
  linkIdToken(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Body({ schema: idTokenBody }) proof: IdTokenBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.linkWithIdToken.execute(principal, { provider, ...proof });
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Unlink an identity', description: 'The last way to sign in stays.' })
  @Authenticated()
  @Returns(204)
  @Throws(IdentityNotFound, LastSignInMethod, UserNotFound)
  unlink(@Param({ schema: identityParams }) { id }: IdentityParams, @CurrentPrincipal() principal: Principal) {
    return this.unlinkIdentity.execute(principal, id);
  }
}
