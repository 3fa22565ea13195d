import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const documented: ParameterDecorator = (controller, method) => {
  const description = 'ETags of the versions the request is about; without it, whichever is current.';
  const descriptor = Object.getOwnPropertyDescriptor(controller, method as string) as PropertyDescriptor;
  ApiHeader({ name: 'If-Match', required: false, description, schema: { type: 'string' } })(
    controller,
    method as string,
    descriptor,
  );
};

/**
 * The versions a caller will accept (RFC 9110, section 13.1.1): null when the header is absent or `*`. A weak tag counts like a strong
 * one: proxies that compress make the tag weak, and it still names the version (docs/decisions/006-weak-tags-in-if-match.md).
 */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): readonly string[] | null => {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
    if (header === undefined || header.trim() === '*') return null;
    return header.split(',').flatMap((tag) => /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(tag)?.[1] ?? []);
  },
  [documented],
);
