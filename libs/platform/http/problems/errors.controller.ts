import { Controller, Get, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { definedErrors, type ErrorDefinition } from '../../kernel/errors/app-error.js';
import { RouteNotFound, statusOf } from '../errors/http.errors.js';
import { Public } from '../routes/access.decorators.js';
import { ERROR_PAGE_POLICY, errorPage, errorsPage } from './error-pages.js';
import { prefersHtml } from './prefers-html.js';
import { slugOf } from './problem.js';

/** Where the `type` of every problem leads: HTML for people, JSON for programs. */
@Controller({ path: 'errors', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class ErrorsController {
  @Get()
  @Public()
  list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const errors = definedErrors();
    return wantsHtml(request, reply) ? html(reply, errorsPage(errors)) : { data: errors.map(toJson) };
  }

  @Get(':slug')
  @Public()
  one(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const error = definedErrors().find((candidate) => slugOf(candidate) === slug);
    if (!error) throw new RouteNotFound();
    return wantsHtml(request, reply) ? html(reply, errorPage(error)) : { data: toJson(error) };
  }
}

const toJson = (error: ErrorDefinition) => ({
  code: error.code,
  slug: slugOf(error),
  status: statusOf(error),
  title: error.title,
  help: error.help,
});

function wantsHtml({ headers }: FastifyRequest, reply: FastifyReply): boolean {
  void reply.header('vary', `${String(reply.getHeader('vary'))}, accept`);
  return prefersHtml(headers.accept);
}

function html(reply: FastifyReply, page: string): string {
  void reply.type('text/html; charset=utf-8').header('content-security-policy', ERROR_PAGE_POLICY);
  return page;
}
