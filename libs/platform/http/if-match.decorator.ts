import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const documented: ParameterDecorator = (controller, method) => {
  const description = 'ETags of the versions the request is about; without it, whichever is current.';
  const descriptor = Object.getOwnPropertyDescriptor(controller, method as string) as PropertyDescriptor;
  ApiHeader({ name: 'If-Match', required: false, description, schema: { type: 'string' } })(controller, method as string, descriptor);
};

/**
 * The versions a caller will accept (RFC 9110, section 13.1.1): null when the header is absent or `*`.
 * Weak tags never match, so they are left out.
 */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): readonly string[] | null => {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
    if (header === undefined || header.trim() === '*') return null;
    return header.split(',').flatMap((tag) => /^\s*"([^"]*)"\s*$/.exec(tag)?.[1] ?? []);
  },
  [documented],
);
