import { metrics } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AppError } from '../../kernel/errors/app-error.js';
import { UNAVAILABLE_REASONS, type UnavailableReason } from '../../kernel/errors/service-unavailable.js';
import { traceIdOf } from '../../telemetry/request-tracing.js';
import { basePathOf } from '../address/base-path.js';
import { MethodNotAllowed, RouteNotFound } from '../errors/http.errors.js';
import { RateLimitExceeded } from '../rate-limit/rate-limiter.js';
import type { AllowedMethods } from '../routes/allowed-methods.js';
import { ERROR_PAGE_POLICY, problemPage } from './error-pages.js';
import { prefersHtml } from './prefers-html.js';
import { type Problem, problemHeaders, toAppError, toProblem } from './problem.js';

/** The only place that turns something thrown into a response. Unexpected errors are logged whole and answered bare. */
export class ProblemResponder {
  private readonly basePath: string;
  private readonly unavailable = metrics.getMeter('http').createCounter('http.server.unavailable', {
    description: 'Requests that were answered with 503, by what had no answer or no room.',
  });

  constructor(
    private readonly publicUrl: string,
    private readonly allowedMethods: AllowedMethods,
    private readonly logger: Logger,
    private readonly noteRefusal: (error: AppError, request: FastifyRequest) => void = () => undefined,
  ) {
    this.basePath = basePathOf(publicUrl);
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;

    let error = toAppError(thrown);
    const otherMethods = error.definition === RouteNotFound.definition ? this.allowedMethods.of(request) : [];
    if (otherMethods.length > 0) {
      void reply.header('allow', otherMethods.join(', '));
      if (request.method === 'OPTIONS') return void reply.code(204).send();
      error = new MethodNotAllowed();
    }

    this.noteRefusal(error, request);
    const instance = this.basePath + (request.url.split('?', 1)[0] ?? '');
    const problem = toProblem(error, this.publicUrl, { instance, traceId: traceIdOf(request), requestId: request.id });
    if (problem.status >= 500) this.report(error, problem.requestId, problem.traceId);
    setProblemHeaders(reply, error);
    void reply.code(problem.status).header('cache-control', 'no-store');
    const { signInAt } = request.routeOptions.config;
    if (signInAt !== undefined && prefersHtml(request.headers.accept)) {
      return this.show(problem, signInAt, request, reply);
    }
    void reply
      .type('application/problem+json')
      // A buffer: Fastify would add a charset to a string, and a schema to an object.
      .send(Buffer.from(JSON.stringify(problem)));
  }

  /** Somebody in front of a browser can sign in and come back, or read what is wrong. */
  private show(problem: Problem, signInAt: string, { url }: FastifyRequest, reply: FastifyReply): void {
    if (problem.status === 401) {
      const query = new URLSearchParams({ returnTo: url });
      return void reply.code(303).header('location', `${signInAt}?${query}`).send();
    }
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', ERROR_PAGE_POLICY)
      .send(problemPage(problem, this.basePath + signInAt));
  }

  private report(error: AppError, requestId: string, traceId: string): void {
    const { kind, code } = error.definition;
    const fields = { code, request_id: requestId, trace_id: traceId };
    if (kind !== 'unavailable') {
      this.logger.error({ ...fields, err: error.cause ?? error }, error.message);
      return;
    }
    const { reason = code, message } = explain(error);
    this.unavailable.add(1, { 'error.type': code, reason });
    // Nothing is broken when we refuse on purpose, and how often that happens is all there is to know.
    if (error.cause === undefined) this.logger.warn({ ...fields, reason }, message);
    else this.logger.error({ ...fields, reason, err: error.cause }, message);
  }
}

function explain({ reason, message }: AppError): { reason: string | undefined; message: string } {
  return { reason, message: UNAVAILABLE_REASONS[reason as UnavailableReason] ?? message };
}

function setProblemHeaders(reply: FastifyReply, error: AppError): void {
  const headers = problemHeaders(error);
  reply.headers(headers);
  // RateLimit is about another limit, and may allow a retry sooner than Retry-After does (draft-ietf-httpapi-ratelimit-headers, section 6).
  if ('retry-after' in headers && error.definition !== RateLimitExceeded.definition) reply.removeHeader('ratelimit');
}
