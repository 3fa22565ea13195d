import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authentication } from '../auth/authentication.js';
import { networkOf } from '../http/rate-limit/network-of.js';
import { type Allowance, RateLimiter, RateLimitExceeded, type Scope } from '../http/rate-limit/rate-limiter.js';
import { PermissionDenied, type Principal, requirePermission } from '../kernel/principal.js';
import { type Access, isPermission } from './access.decorators.js';

/**
 * Decides before the body is read whether a request may go on: who is asking, how often, and whether the route is open to them.
 * Callers are counted by who they are. One whose credential this process has not verified before is first counted by network,
 * so that nobody makes us check signatures for nothing.
 */
@Injectable()
export class Admission {
  constructor(
    private readonly authentication: Authentication,
    private readonly rateLimiter: RateLimiter,
  ) {}

  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('principal', null);
    fastify.addHook('onRequest', (request, reply, done) => {
      const decision = this.admit(request, reply);
      // No promise for the usual request: whatever it takes to decide is in memory.
      if (decision) decision.then(() => done(), done);
      else done();
    });
  }

  private admit(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    const { access = 'public', rateLimit: scope = 'default' } = request.routeOptions.config;
    const principal = access === 'public' ? null : this.authentication.cachedPrincipal(request);
    if (principal === undefined) return this.admitUncached(request, reply, access, scope);

    request.principal = principal;
    const letIn = (allowance: Allowance | null) => {
      enforce(allowance, reply);
      if (principal) authorize(principal, access);
    };
    const allowance = this.take(scope, principal ? callerOf(principal) : networkCallerOf(request));
    if (allowance instanceof Promise) return allowance.then(letIn);
    letIn(allowance);
    return undefined;
  }

  private async admitUncached(request: FastifyRequest, reply: FastifyReply, access: Access, scope: Scope | false): Promise<void> {
    if (!this.authentication.hasVerified(request)) enforce(await this.take('unverified', networkCallerOf(request)), reply);

    const principal = await this.authentication.authenticate(request);
    request.principal = principal;
    enforce(await this.take(scope, callerOf(principal)), reply);
    authorize(principal, access);
  }

  private take(scope: Scope | false, caller: string): Allowance | null | Promise<Allowance | null> {
    return scope === false ? null : this.rateLimiter.take(scope, caller);
  }
}

/** Two keys of one user are two services. */
const callerOf = ({ kind, id, apiKeyId }: Principal): string => `${kind}:${apiKeyId ?? id}`;

const networkCallerOf = ({ ip }: FastifyRequest): string => `network:${networkOf(ip)}`;

/** draft-ietf-httpapi-ratelimit-headers, sections 3 and 4. @throws RateLimitExceeded */
function enforce(allowance: Allowance | null, reply: FastifyReply): void {
  if (allowance === null) return;
  reply.header('ratelimit-policy', allowance.policy).header('ratelimit', allowance.state);
  if (allowance.isExceeded) throw new RateLimitExceeded(undefined, { retryAfterSeconds: allowance.resetSeconds });
}

function authorize(principal: Principal, access: Access): void {
  if (access === 'authenticated' && principal.kind === 'api-key') {
    throw new PermissionDenied('This is for signed-in users; an API key may do what its permissions say.');
  }
  if (isPermission(access)) requirePermission(principal, access);
}
