import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusals } from '#platform/audit/refusals.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { AcceptsForm } from '#platform/http/body/form-bodies.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { Public } from '#platform/http/routes/access.decorators.js';
import type { AppError } from '#platform/kernel/errors/app-error.js';
import { Log } from '#platform/logging/log.js';
import type { ResponseMode } from '../application/identity-providers.js';
import { FinishSignIn, type ProviderAnswer } from '../application/sign-in/finish-sign-in.js';
import { StartSignIn } from '../application/sign-in/start-sign-in.js';
import {
  OidcProviderNotFound,
  OidcProviderUnavailable,
  OidcStateInvalid,
  RedirectUriNotAllowed,
} from '../domain/identity.errors.js';
import { browserOf, rememberBrowser } from './browser-cookie.js';
import {
  type CallbackForm,
  type CallbackQuery,
  callbackForm,
  callbackQuery,
  type ProviderParams,
  providerParams,
  type StartQuery,
  startQuery,
} from './identity.schemas.js';

/** The two addresses that a browser visits on its way to a provider and back. */
@Controller({ path: 'auth/oidc/:provider', version: '1' })
export class OidcBrowserController {
  constructor(
    private readonly startSignIn: StartSignIn,
    private readonly finishSignIn: FinishSignIn,
    private readonly refusals: Refusals,
    private readonly log: Log,
  ) {}

  @Get('start')
  @ApiOperation({
    summary: 'Start signing in at a provider',
    description:
      'A browser goes there and is sent on to the provider; in the end it arrives at `redirectUri` with a `code` for the exchange.',
  })
  @Public()
  @Returns(302)
  @Throws(OidcProviderNotFound, OidcProviderUnavailable, RedirectUriNotAllowed)
  async start(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Query({ schema: startQuery }) query: StartQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const secretOf = (mode: ResponseMode) => rememberBrowser(request, reply, mode);
    void reply.header('location', await this.startSignIn.execute({ provider, ...query }, secretOf));
  }

  @Get('callback')
  @ApiOperation({
    summary: 'Finish signing in at a provider',
    description: 'Where the provider sends the browser back to. Leads to `redirectUri`, with `code` or `error`.',
  })
  @Public()
  @Returns(302)
  @Throws(OidcStateInvalid)
  async callback(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Query({ schema: callbackQuery }) { state }: CallbackQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const query = request.url.slice(request.url.indexOf('?') + 1);
    void reply.header('location', await this.finish({ provider, query, state }, 'query', request));
  }

  @Post('callback')
  @ApiOperation({
    summary: 'Finish signing in, from a form',
    description: 'For providers that answer with a form (OAuth 2.0 Form Post Response Mode).',
  })
  @Public()
  @AcceptsForm()
  @ApiConsumes('application/x-www-form-urlencoded')
  @Returns(303)
  @Throws(OidcStateInvalid)
  async formCallback(
    @Param({ schema: providerParams }) { provider }: ProviderParams,
    @Body({ schema: callbackForm }) form: CallbackForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const query = new URLSearchParams(form).toString();
    void reply.header('location', await this.finish({ provider, query, state: form.state }, 'form_post', request));
  }

  /** @returns where the browser goes in the end */
  private async finish(
    answer: Omit<ProviderAnswer, 'browser'>,
    mode: ResponseMode,
    request: FastifyRequest,
  ): Promise<string> {
    const browser = browserOf(request, mode);
    if (browser === null) throw new OidcStateInvalid();

    const { redirectUri, ...outcome } = await this.finishSignIn.execute({ ...answer, browser });
    if ('error' in outcome) this.report(outcome.error, request);
    return withQuery(redirectUri, 'error' in outcome ? { error: outcome.error.definition.code } : outcome);
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
