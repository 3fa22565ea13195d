import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CsrfTokenInvalid,
  OriginNotAllowed,
  RefreshTokenInvalid,
  RefreshTokenMissing,
  RefreshTokenReused,
} from '#platform/auth/auth.errors.js';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Authenticated, Public } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Reauthenticate } from '../application/sessions/reauthenticate.js';
import { SignInWithPassword } from '../application/sessions/sign-in-with-password.js';
import {
  AccountDisabled,
  CurrentPasswordWrong,
  EmailNotVerified,
  InvalidCredentials,
  PasswordChecksBusy,
  PasswordNotSet,
  SignInThrottled,
  UserNotFound,
} from '../domain/user.errors.js';
import { passwordLimit, refreshLimit, signInLimit } from './account.rate-limits.js';
import {
  type ReauthenticateBody,
  type RefreshBody,
  reauthenticateBody,
  refreshBody,
  type SignInBody,
  sessionResponse,
  signInBody,
} from './account.schemas.js';

/** Answers with tokens are never cached: `Cache-Control: no-store` is on every answer that does not say otherwise. */
@Controller({ path: 'auth', version: '1' })
export class SessionsController {
  constructor(
    private readonly signIn: SignInWithPassword,
    private readonly reauthentication: Reauthenticate,
    private readonly transport: SessionTransport,
  ) {}

  @Post('login')
  @ApiOperation({
    summary: 'Sign in with a password',
    description: 'With `"transport": "cookie"` the tokens are in cookies, for web pages.',
  })
  @Public()
  @RateLimited(signInLimit)
  @Returns(200, sessionResponse)
  @Throws(InvalidCredentials, EmailNotVerified, AccountDisabled, SignInThrottled, PasswordChecksBusy, OriginNotAllowed)
  login(
    @Body({ schema: signInBody }) { transport, ...input }: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.transport.signIn({ request, reply }, transport, (client) => this.signIn.execute(input, client));
  }

  /** Limited no more than other requests: nobody guesses these tokens, and a whole office refreshes from one address. */
  @Post('refresh')
  @ApiOperation({
    summary: 'Refresh a session',
    description:
      'A refresh token works once; the answer holds its successor. Web pages send nothing: theirs is in a cookie.',
  })
  @Public()
  @RateLimited(refreshLimit)
  @Returns(200, sessionResponse)
  @Throws(RefreshTokenInvalid, RefreshTokenReused, RefreshTokenMissing, OriginNotAllowed, CsrfTokenInvalid)
  refresh(
    @Body({ schema: refreshBody }) body: RefreshBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.transport.refresh({ request, reply }, body?.refreshToken);
  }

  @Post('reauthenticate')
  @ApiOperation({
    summary: 'Prove a recent sign-in',
    description:
      'For what asks for one: the session counts as one that has just begun. Without a password, sign in again at a provider.',
  })
  @Authenticated()
  @RateLimited(passwordLimit)
  @Returns(204)
  @Throws(CurrentPasswordWrong, PasswordNotSet, PasswordChecksBusy, UserNotFound)
  reauthenticate(
    @Body({ schema: reauthenticateBody }) { currentPassword }: ReauthenticateBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.reauthentication.execute(principal, currentPassword);
  }

  @Post('logout')
  @ApiOperation({ summary: 'Sign out', description: 'Ends the session that asks.' })
  @Authenticated()
  @Returns(204)
  logout(
    @CurrentPrincipal() { sessionId }: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.transport.end({ request, reply }, sessionId);
  }
}
