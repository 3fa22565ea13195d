import { Injectable } from '@nestjs/common';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Authentication } from '../auth/requests/authentication.js';
import { RecentSignIns } from '../auth/sessions/recent-sign-ins.js';
import { defaultLimit, type RateLimit, unauthenticatedLimit } from '../http/rate-limit/rate-limit.js';
import { type Allowance, RateLimitExceeded, RateLimiter } from '../http/rate-limit/rate-limiter.js';
import { type Access, isPermission } from '../http/routes/access.decorators.js';
import { PermissionDenied, type Principal } from '../kernel/access/principal.js';
import { AppError } from '../kernel/errors/app-error.js';
import { callerOf, networkCallerOf } from '../request/caller.js';

const MOST_EXHAUSTED_NETWORKS = 10_000;

/**
 * Decides before the body is read whether a request may go on: who is asking, how often, and whether the route is open to them.
 * Callers are counted by who they are, so that nobody waits for what others do at the same address. A network that keeps sending
 * credentials that are no good has no more of them checked until its window ends; callers that are known already pass.
 */
@Injectable()
export class Admission {
  /** Networks whose credentials are not looked at for a while. */
  private readonly exhausted = new LRUCache<string, Allowance>({ max: MOST_EXHAUSTED_NETWORKS });

  constructor(
    private readonly authentication: Authentication,
    private readonly rateLimiter: RateLimiter,
    private readonly recentSignIns: RecentSignIns,
  ) {}

  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('principal', null);
    fastify.addHook('onRequest', (request, reply, done) => {
      const { config } = request.routeOptions;
      const admitted = this.admit(request, reply, config);
      const decision = config.recentSignIn === true ? this.requireRecentSignIn(admitted, request) : admitted;
      // No promise for the usual request: whatever it takes to decide is in memory.
      if (decision) decision.then(() => done(), done);
      else done();
    });
  }

  private admit(request: FastifyRequest, reply: FastifyReply, config: FastifyContextConfig): Promise<void> | undefined {
    const { access = 'public', rateLimit: limit = defaultLimit } = config;
    const principal = access === 'public' ? null : this.authentication.cachedPrincipal(request);
    if (principal === undefined) return this.admitUncached(request, reply, access, limit);

    request.principal = principal;
    const letIn = (allowance: Allowance | null) => {
      enforce(allowance, reply);
      if (principal) authorize(principal, access);
    };
    const allowance = this.take(limit, callerOf(request));
    if (allowance instanceof Promise) return allowance.then(letIn);
    letIn(allowance);
    return undefined;
  }

  private async requireRecentSignIn(admitted: Promise<void> | undefined, request: FastifyRequest): Promise<void> {
    await admitted;
    if (request.principal) await this.recentSignIns.require(request.principal);
  }

  private async admitUncached(
    request: FastifyRequest,
    reply: FastifyReply,
    access: Access,
    limit: RateLimit | false,
  ): Promise<void> {
    const network = networkCallerOf(request);
    if (!this.authentication.hasVerified(request)) enforce(this.exhausted.get(network) ?? null, reply);

    const principal = await this.authentication
      .authenticate(request)
      .catch((error: unknown) => this.countFailure(error, network, reply));
    request.principal = principal;
    enforce(await this.take(limit, callerOf(request)), reply);
    authorize(principal, access);
  }

  private async countFailure(error: unknown, network: string, reply: FastifyReply): Promise<never> {
    if (error instanceof AppError && error.definition.kind === 'unauthenticated') {
      const allowance = await this.take(unauthenticatedLimit, network);
      if (allowance?.isExceeded) this.exhausted.set(network, allowance, { ttl: allowance.resetSeconds * 1_000 });
      enforce(allowance, reply);
    }
    throw error;
  }

  private take(limit: RateLimit | false, caller: string): Allowance | null | Promise<Allowance | null> {
    return limit === false ? null : this.rateLimiter.take(limit, caller);
  }
}

/** draft-ietf-httpapi-ratelimit-headers, sections 3 and 4. @throws RateLimitExceeded */
function enforce(allowance: Allowance | null, reply: FastifyReply): void {
  if (allowance === null) return;
  reply.header('ratelimit-policy', allowance.policy).header('ratelimit', allowance.state);
  if (allowance.isExceeded) throw new RateLimitExceeded(undefined, { retryAfterSeconds: allowance.resetSeconds });
}

/** The one place that compares what a route asks for with what somebody holds. @throws PermissionDenied */
function authorize(principal: Principal, access: Access): void {
  if (access === 'authenticated' && principal.kind === 'api-key') {
    throw new PermissionDenied('This is for signed-in users; an API key may do what its permissions say.');
  }
  if (isPermission(access) && !principal.permissions.has(access.name)) {
    throw new PermissionDenied(`The permission ${access.name} is missing.`);
  }
}
