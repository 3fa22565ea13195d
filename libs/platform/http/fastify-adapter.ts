import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Env } from '../config/env.js';
import { basePathOf, routedPath } from './address/base-path.js';
import { requestIdOf } from './headers/request-id.js';
import { SECURITY_HEADERS } from './headers/security-headers.js';
import { BareProblems } from './problems/bare-problems.js';

const MAX_PARAM_LENGTH = 255;
/** Longer than the idle timeout of common load balancers (60 s), so that the balancer closes idle connections and not we, just when it sends a request. */
const KEEP_ALIVE_MS = 72_000;
/** Node looks only twice a minute for requests that have taken too long to arrive. */
const LOOK_FOR_LATE_REQUESTS_MS = 500;

type FrameworkErrorHandler = (error: Error, request: FastifyRequest, reply: FastifyReply) => void;

/** Fastify as every app here runs it: bounded, silent about itself, and answering in problems only. */
export function fastifyAdapter(env: Env, logger: Logger, frameworkErrors: FrameworkErrorHandler): FastifyAdapter {
  const bareProblems = new BareProblems(env.PUBLIC_URL, logger);
  const adapter = new FastifyAdapter({
    http: {
      // Both, because Node applies the longer of the two to whole requests, and the default for headers is 60 s.
      headersTimeout: env.REQUEST_TIMEOUT,
      requestTimeout: env.REQUEST_TIMEOUT,
      connectionsCheckingInterval: LOOK_FOR_LATE_REQUESTS_MS,
      // A request without a Host is refused with a problem, in requireHost.
      requireHostHeader: false,
    },
    bodyLimit: env.BODY_LIMIT,
    requestTimeout: env.REQUEST_TIMEOUT,
    connectionTimeout: KEEP_ALIVE_MS + env.REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: env.TRUSTED_PROXIES.length > 0 ? [...env.TRUSTED_PROXIES] : false,
    rewriteUrl: routedPath(basePathOf(env.PUBLIC_URL)),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    clientErrorHandler: bareProblems.onClientError,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      // Hooks, which usually set these headers, do not run for what the router itself refuses.
      void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      frameworkErrors(error, request, reply);
    },
  });
  const { server } = adapter.getInstance();
  server.on('connect', bareProblems.onConnect);
  // Expectations we do not know may be ignored (RFC 9110, section 10.1.1); Node would refuse them with an empty answer.
  server.on('checkExpectation', (...exchange) => server.emit('request', ...exchange));
  return adapter;
}
