import { Body, Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticated, Public } from '#platform/access/access.decorators.js';
import { RefreshTokenInvalid, RefreshTokenReused } from '#platform/auth/auth.errors.js';
import { Sessions } from '#platform/auth/sessions.js';
import { CurrentPrincipal } from '#platform/http/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Returns } from '#platform/http/returns.decorator.js';
import { Throws } from '#platform/http/throws.decorator.js';
import type { Principal } from '#platform/kernel/principal.js';
import { LogIn } from '../application/log-in.js';
import type { SessionClient } from '../application/user-sessions.js';
import { AccountDisabled, EmailNotVerified, InvalidCredentials, PasswordChecksBusy } from '../domain/user.errors.js';
import { type LogInBody, logInBody, type RefreshBody, refreshBody, sessionResponse } from './user.schemas.js';

/** Answers with tokens are never cached: `Cache-Control: no-store` is on every answer that does not say otherwise. */
@Controller({ path: 'auth', version: '1' })
export class SessionsController {
  constructor(
    private readonly logIn: LogIn,
    private readonly sessions: Sessions,
  ) {}

  @Post('login')
  @Public()
  @RateLimited('login')
  @Returns(200, sessionResponse)
  @Throws(InvalidCredentials, EmailNotVerified, AccountDisabled, PasswordChecksBusy)
  login(@Body({ schema: logInBody }) { email, password }: LogInBody, @Req() request: FastifyRequest) {
    return this.logIn.execute({ email, password }, clientOf(request));
  }

  @Post('refresh')
  @Public()
  @RateLimited('token')
  @Returns(200, sessionResponse)
  @Throws(RefreshTokenInvalid, RefreshTokenReused)
  refresh(@Body({ schema: refreshBody }) { refreshToken }: RefreshBody) {
    return this.sessions.refresh(refreshToken);
  }

  @Post('logout')
  @Authenticated()
  @Returns(204)
  async logout(@CurrentPrincipal() { sessionId }: Principal): Promise<void> {
    if (sessionId !== null) await this.sessions.end(sessionId);
  }
}

function clientOf({ headers, ip }: FastifyRequest): SessionClient {
  return { userAgent: headers['user-agent'] ?? null, ipAddress: ip };
}
