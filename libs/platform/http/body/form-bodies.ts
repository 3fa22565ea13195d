import type { FastifyInstance } from 'fastify';
import { UnsupportedMediaType } from '../errors/http.errors.js';
import { routeConfig } from '../routes/route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    acceptsForm?: boolean;
  }
}

/**
 * For what a browser posts from a page of somebody else, who can send nothing but a form. Such a request needs no preflight, so any page
 * can make it: the route must hold something against it that only the right one knows.
 */
export const AcceptsForm = (): MethodDecorator => routeConfig({ acceptsForm: true });

/** Of a field that comes twice the last one counts. */
export function acceptForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-www-form-urlencoded', ({ incomingBody, routeOptions }, payload, done) => {
    if (!incomingBody) return done(null);
    if (routeOptions.config.acceptsForm !== true)
      return incomingBody.refuseContent(payload, new UnsupportedMediaType(), done);
    incomingBody.read(payload, (error, body) => {
      if (error || body.length === 0) done(error);
      else done(null, Object.fromEntries(new URLSearchParams(body.toString())));
    });
  });
}
