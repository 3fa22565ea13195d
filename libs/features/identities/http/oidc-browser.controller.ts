import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#platform/access/access.decorators.js';
import { Refusals } from '#platform/audit/refusals.js';
import { Returns } from '#platform/http/returns.decorator.js';
import { Throws } from '#platform/http/throws.decorator.js';
import type { AppError } from '#platform/kernel/app-error.js';
import { Log } from '#platform/logging/log.js';
import { FinishSignIn } from '../application/finish-sign-in.js';
import { StartSignIn } from '../application/start-sign-in.js';
import { OidcProviderNotFound, OidcProviderUnavailable, OidcStateInvalid, RedirectUriNotAllowed } from '../domain/identity.errors.js';
import { browserOf, rememberBrowser } from './browser-cookie.js';
import { type CallbackQuery, callbackQuery, type ProviderParams, providerParams, type StartQuery, startQuery } from './identity.schemas.js';

/** The two addresses that a browser visits on its way to a provider and back. */
@ApiTags('Oidc')
@Controller({ path: 'auth/oidc/:provider', version: '1' })
export class OidcBrowserController {
  constructor(
    private readonly startSignIn: StartSignIn,
    private readonly finishSignIn: FinishSignIn,
    private readonly refusals: Refusals,
    private readonly log: Log,
  ) {}

  @Get('start')
  @Public()
  @Returns(302)
  @Throws(OidcProviderNotFound, OidcProviderUnavailable, RedirectUriNotAllowed)
  async start(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Query({ schema: startQuery }) query: StartQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const browser = rememberBrowser(request, reply);
    void reply.header('location', await this.startSignIn.execute({ provider, ...query }, browser));
  }

  @Get('callback')
  @Public()
  @Returns(302)
  @Throws(OidcStateInvalid)
  async callback(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Query({ schema: callbackQuery }) { state }: CallbackQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const browser = browserOf(request);
    if (browser === null) throw new OidcStateInvalid();

    const query = request.url.slice(request.url.indexOf('?') + 1);
    const { redirectUri, ...outcome } = await this.finishSignIn.execute({ provider, query, state, browser });
    if ('error' in outcome) this.report(outcome.error, request);
    const answer = 'error' in outcome ? { error: outcome.error.definition.code } : outcome;
    void reply.header('location', withQuery(redirectUri, answer));
  }

  /** The browser learns the code of the error only; the cause is for the log. */
  private report(error: AppError, request: FastifyRequest): void {
    this.refusals.note(error, request);
    this.log.warn({ err: error.cause ?? error, error_code: error.definition.code }, 'a sign-in at a provider failed');
  }
}

/** Addresses end up in histories and logs, so no token goes into one: the code works once, for a minute, and only with its verifier. */
function withQuery(redirectUri: string, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  return url.href;
}
