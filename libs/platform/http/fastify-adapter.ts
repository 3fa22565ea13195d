import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Env } from '../config/env.js';
import { answerClientError } from './client-errors.js';
import { requestIdOf } from './request-id.js';
import { SECURITY_HEADERS } from './security-headers.js';

const MAX_PARAM_LENGTH = 255;
/** Longer than the idle timeout of common load balancers (60 s), so that it is never we who close under a request. */
const KEEP_ALIVE_MILLISECONDS = 72_000;

type FrameworkErrorHandler = (error: Error, request: FastifyRequest, reply: FastifyReply) => void;

/** Fastify as every app of this kit runs it: bounded, silent about itself, and answering in problems only. */
export function fastifyAdapter(env: Env, frameworkErrors: FrameworkErrorHandler): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: env.BODY_LIMIT,
    requestTimeout: env.REQUEST_TIMEOUT,
    connectionTimeout: KEEP_ALIVE_MILLISECONDS + env.REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    trustProxy: env.TRUSTED_PROXIES.length > 0 ? [...env.TRUSTED_PROXIES] : false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    clientErrorHandler: answerClientError(env.PUBLIC_URL),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      // What the router refuses never meets a hook.
      void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      frameworkErrors(error, request, reply);
    },
  });
}
