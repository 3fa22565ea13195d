import type { FastifyInstance, FastifyRequest } from 'fastify';
import pino, { type Logger } from 'pino';
import { pathOf, traceIdOf } from '../telemetry/request-tracing.js';
import { type LogFields, withLogFields } from './log-context.js';
import { scrub } from './redact.js';

/** What nginx calls a client that hung up before there was an answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** One line per request when its response is out, and the request's name on every other line written on its way. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  const lines = plainLogger(logger);

  fastify.addHook('onRequest', (request, _reply, done) => {
    withLogFields(() => fieldsOf(request), done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    writeLine(lines, request, reply.statusCode, reply.elapsedTime);
    done();
  });

  fastify.addHook('onRequestAbort', (request, done) => {
    writeLine(lines, request, CLIENT_CLOSED_REQUEST, undefined);
    done();
  });
}

function writeLine(lines: Logger, request: FastifyRequest, status: number, milliseconds: number | undefined): void {
  const { principal } = request;
  const route = request.routeOptions.url;
  const level = levelOf(route, status);
  if (!lines.isLevelEnabled(level)) return;

  lines[level](
    {
      method: request.method,
      route,
      path: scrub(pathOf(request.url)),
      status,
      duration_ms: milliseconds === undefined ? undefined : Math.round(milliseconds * 1000) / 1000,
      request_id: request.id,
      trace_id: traceIdOf(request),
      span_id: request.span?.spanContext().spanId,
      user_id: principal?.id,
      session_id: principal?.sessionId ?? undefined,
    },
    'request',
  );
}

/** Probes come every second from every side: their lines are for somebody who looks for them. */
function levelOf(route: string | undefined, status: number): 'error' | 'info' | 'trace' {
  if (route?.startsWith('/health/')) return 'trace';
  return status >= 500 ? 'error' : 'info';
}

function fieldsOf(request: FastifyRequest): LogFields {
  return { request_id: request.id, trace_id: traceIdOf(request), user_id: request.principal?.id };
}

/** Writes where the logger writes, without looking for secrets: the line above has a fixed shape and none in it. */
function plainLogger(logger: Logger): Logger {
  const destination = (logger as unknown as Record<symbol, pino.DestinationStream>)[pino.symbols.streamSym];
  return pino({ level: logger.level, base: logger.bindings(), formatters: { level: (label) => ({ level: label }) } }, destination);
}
