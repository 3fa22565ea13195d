import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../kernel/access/principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes that were called without a credential. */
    principal: Principal | null;
  }
}

/** The authenticated caller. Only for routes that are not public. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (principal === null) throw new Error('CurrentPrincipal is used on a public route.');
  return principal;
});
