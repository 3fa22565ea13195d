import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { preferredLocale } from './preferred-locale.js';

/** The language that the client asks for, by `Accept-Language`; null when it is none of those that there are. */
export const PreferredLocale = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  preferredLocale(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);
