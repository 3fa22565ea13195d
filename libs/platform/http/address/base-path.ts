import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** `/shop` of `https://example.com/shop`, nothing of `https://example.com`. */
export const basePathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/$/, '');

const ORIGIN = /^https?:\/\/[^/?#]*/i;

/**
 * Which path routes are looked up by. Proxies may take the base path away, or leave it: both arrive at the same route. A proxy may also
 * send the whole address (absolute-form, RFC 9112, section 3.2.2).
 */
export function routedPath(basePath: string): (request: Pick<IncomingMessage, 'url'>) => string {
  return ({ url = '/' }) => {
    const path = url.startsWith('/') ? url : url.replace(ORIGIN, '');
    const isBelow = basePath !== '' && path.startsWith(basePath) && /^[/?]?$/.test(path.charAt(basePath.length));
    const routed = isBelow ? path.slice(basePath.length) : path;
    return routed.startsWith('/') || routed === '*' ? routed : `/${routed}`;
  };
}

/** Paths that lead somewhere, as clients see them: code that sets a Location names a route and need not think of the base path. */
export function leadBelowBasePath(fastify: FastifyInstance, basePath: string): void {
  if (basePath === '') return;

  fastify.addHook('onRoute', ({ url }) => {
    if (!`${url}/`.startsWith(`${basePath}/`)) return;
    throw new Error(
      `PUBLIC_URL has the path ${basePath}, and so has the route ${url}: nobody could tell one from the other.`,
    );
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && /^\/(?!\/)/.test(location)) reply.header('location', basePath + location);
    done();
  });
}
