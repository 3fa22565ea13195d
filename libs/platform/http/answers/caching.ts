import { hash } from 'node:crypto';
import type { FastifyReply, RouteOptions } from 'fastify';
import type { Caching } from './cacheable.decorator.js';

/** What tells apart who is asking. */
const CREDENTIALS = ['authorization', 'cookie'];

/** A mistake here would show one person's answer to another, so it stops the start. */
export function requireCacheable({ method, url, config }: Pick<RouteOptions, 'method' | 'url' | 'config'>): void {
  if (config?.caching === undefined) return;
  const route = `${[method].flat().join(', ')} ${url}`;
  if ([method].flat().some((name) => name !== 'GET' && name !== 'HEAD'))
    throw new Error(`${route} is @Cacheable(), which is for GET.`);
  if (config.caching.public && config.access !== 'public')
    throw new Error(`${route} is @Cacheable({ public: true }) without @Public(): caches would show it to everybody.`);
  if (config.returns === undefined) throw new Error(`${route} is @Cacheable() and needs @Returns().`);
}

/** `body` is what is about to be sent; its tag is made of it unless it has one. */
export function setCachingHeaders(reply: FastifyReply, caching: Caching, body: () => string): void {
  if (reply.hasHeader('set-cookie')) return;

  const { public: isPublic, maxAge, swr } = caching;
  const directives = [
    isPublic ? 'public' : 'private',
    `max-age=${maxAge}`,
    ...(swr ? [`stale-while-revalidate=${swr}`] : []),
  ];
  reply.header('cache-control', directives.join(', '));
  if (!isPublic) reply.header('vary', [reply.getHeader('vary') ?? [], CREDENTIALS].flat().join(', '));
  if (!reply.hasHeader('etag')) reply.header('etag', `"${hash('sha256', body(), 'base64url')}"`);
}
