import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authentication } from '../auth/authentication.js';
import { type Allowance, RateLimiter, RateLimitExceeded } from '../http/rate-limit/rate-limiter.js';
import { PermissionDenied, type Principal } from '../kernel/principal.js';
import { type Access, isPermission } from './access.decorators.js';

/**
 * Decides before the body is read whether a request may go on: who is asking, how often, and whether the route is open to them.
 * Requests that are not known yet are counted per address before any signature is checked, known ones per principal.
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
    const { access = 'public', rateLimit } = request.routeOptions.config;
    const principal = access === 'public' ? undefined : this.authentication.known(request);
    request.principal = principal ?? null;
    const allowance = rateLimit === false ? null : this.rateLimiter.take(rateLimit ?? 'default', callerOf(request));

    const isKnown = access === 'public' || principal !== undefined;
    if (!isKnown || allowance instanceof Promise) return this.admitLater(request, reply, access, allowance);
    tell(reply, allowance);
    if (principal) authorize(principal, access);
    return undefined;
  }

  private async admitLater(request: FastifyRequest, reply: FastifyReply, access: Access, allowance: Promise<Allowance | null> | Allowance | null): Promise<void> {
    tell(reply, await allowance);
    if (access === 'public') return;
    request.principal ??= await this.authentication.authenticate(request);
    authorize(request.principal, access);
  }
}

function callerOf({ principal, ip }: FastifyRequest): string {
  return principal ? `${principal.kind}:${principal.id}` : `address:${ip}`;
}

/** draft-ietf-httpapi-ratelimit-headers, sections 3 and 4. @throws RateLimitExceeded */
function tell(reply: FastifyReply, allowance: Allowance | null): void {
  if (allowance === null) return;
  reply.header('ratelimit-policy', allowance.policy).header('ratelimit', allowance.state);
  if (allowance.isExceeded) throw new RateLimitExceeded(undefined, { retryAfterSeconds: allowance.resetSeconds });
}

function authorize({ kind, permissions }: Principal, access: Access): void {
  if (access === 'authenticated' && kind === 'api-key') {
    throw new PermissionDenied('This is for signed-in users; an API key may do what its permissions say.');
  }
  if (isPermission(access) && !permissions.has(access)) throw new PermissionDenied(`The permission ${access} is missing.`);
}
