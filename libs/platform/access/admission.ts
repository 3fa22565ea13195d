import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authentication } from '../auth/authentication.js';
import { RateLimiter, RateLimitExceeded } from '../http/rate-limit/rate-limiter.js';
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
    fastify.addHook('onRequest', (request, reply) => this.admit(request, reply));
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { access = 'public', rateLimit } = request.routeOptions.config;
    if (access === 'public') {
      if (rateLimit !== false) await this.count(request, reply);
      return;
    }
    const known = this.authentication.known(request);
    request.principal = known ?? null;
    if (rateLimit !== false) await this.count(request, reply);

    const principal = known ?? (await this.authentication.authenticate(request));
    request.principal = principal;
    authorize(principal, access);
  }

  private async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { principal, ip } = request;
    const caller = principal ? `${principal.kind}:${principal.id}` : `address:${ip}`;
    const allowance = await this.rateLimiter.take(request.routeOptions.config.rateLimit || 'default', caller);
    if (allowance === null) return;
    // draft-ietf-httpapi-ratelimit-headers, sections 3 and 4.
    reply.header('ratelimit-policy', allowance.policy).header('ratelimit', allowance.state);
    if (allowance.isExceeded) throw new RateLimitExceeded(undefined, { retryAfterSeconds: allowance.resetSeconds });
  }
}

function authorize({ kind, permissions }: Principal, access: Access): void {
  if (access === 'authenticated' && kind === 'api-key') {
    throw new PermissionDenied('This is for signed-in users; an API key may do what its permissions say.');
  }
  if (isPermission(access) && !permissions.has(access)) throw new PermissionDenied(`The permission ${access} is missing.`);
}
