import type { FastifyInstance, RouteOptions } from 'fastify';
import { RouteGone } from '../errors/http.errors.js';
import type { Deprecation } from './deprecated.decorator.js';
import type { DeprecatedCalls } from './deprecated-calls.js';
import { beginOf, deprecationHeaders, successorLink } from './deprecation-headers.js';

type Settings = Readonly<{ PUBLIC_URL: string; DEPRECATED_ROUTES_END: boolean }>;

/** Hooks of the routes themselves: others do not pay for them. */
export function announceDeprecations(fastify: FastifyInstance, settings: Settings, calls: DeprecatedCalls): void {
  fastify.addHook('onRoute', (route) => {
    const deprecation = route.config?.deprecation;
    if (!deprecation) return;
    requireSound(route, deprecation);
    addHeaders(route, deprecation, settings.PUBLIC_URL);
    if (settings.DEPRECATED_ROUTES_END) endAt(route, beginOf(deprecation.sunset));
    route.onResponse = [
      ...[route.onResponse ?? []].flat(),
      (request, _reply, done) => {
        calls.note(request);
        done();
      },
    ];
  });
}

/** A mistake here would tell clients nonsense, so it stops the start. */
function requireSound({ method, url }: RouteOptions, { since, sunset, successor = '' }: Deprecation): void {
  const route = `${[method].flat().join(', ')} ${url}`;
  if (beginOf(since) >= beginOf(sunset)) throw new Error(`${route} would end before it is deprecated.`);
  const parameters = new Set(url.match(/:\w+/g));
  const unknown = successor.match(/:\w+/g)?.find((name) => !parameters.has(name));
  if (unknown !== undefined) throw new Error(`${route} has no ${unknown} for its successor ${successor}.`);
}

/** In every answer: problems, too, come past here. */
function addHeaders(route: RouteOptions, deprecation: Deprecation, publicUrl: string): void {
  const headers = deprecationHeaders(deprecation);
  const { successor } = deprecation;
  route.onSend = [
    ...[route.onSend ?? []].flat(),
    (request, reply, _payload, done) => {
      void reply.headers(headers);
      if (successor !== undefined) void reply.header('link', successorLink(publicUrl, successor, request.params));
      done();
    },
  ];
}

/** After all that every request passes, so that it is known who is told. */
function endAt(route: RouteOptions, end: number): void {
  route.onRequest = [
    ...[route.onRequest ?? []].flat(),
    (_request, _reply, done) => done(Date.now() < end ? undefined : new RouteGone()),
  ];
}
