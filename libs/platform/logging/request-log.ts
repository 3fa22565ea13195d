import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { plainPathOf, traceIdOf } from '../telemetry/request-tracing.js';
import { destinationOf } from './logger.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** A connection may break after the answer, and then both hooks run. */
    isLogged: boolean;
  }
}

type Level = 'error' | 'info' | 'trace';
type Outcome = Readonly<{ status: number; milliseconds?: number }>;

/** What nginx calls a client that hung up before there was an answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** One line per request when its response is out. @param logger made by createLogger */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  const write = lineWriter(logger);
  fastify.decorateRequest('isLogged', false);

  fastify.addHook('onResponse', (request, reply, done) => {
    write(request, { status: reply.statusCode, milliseconds: reply.elapsedTime });
    done();
  });

  fastify.addHook('onRequestAbort', (request, done) => {
    write(request, { status: CLIENT_CLOSED_REQUEST });
    done();
  });
}

/**
 * Every request pays for this line, so it is put together by hand, at a third of what the logger takes for it. It needs no
 * search for secrets: its shape is fixed, and the path and the request id, the only parts that a stranger fills, were looked at.
 */
function lineWriter(logger: Logger): (request: FastifyRequest, outcome: Outcome) => void {
  const destination = destinationOf(logger);
  const bindings = JSON.stringify(logger.bindings()).slice(1, -1);

  return (request, outcome) => {
    const level = levelOf(request.routeOptions.url, outcome.status);
    if (request.isLogged || !logger.isLevelEnabled(level)) return;
    request.isLogged = true;
    destination.write(
      `{"level":"${level}","time":${Date.now()},${bindings},${fieldsOf(request, outcome)},"msg":"request"}\n`,
    );
  };
}

function fieldsOf(request: FastifyRequest, { status, milliseconds }: Outcome): string {
  const route = request.routeOptions.url;
  const { principal, span } = request;
  let fields = `"method":"${request.method}",`;
  if (route !== undefined) fields += `"route":${JSON.stringify(route)},`;
  const path = plainPathOf(request);
  if (path !== undefined) fields += `"path":"${path}",`;
  fields += `"status":${status},`;
  if (milliseconds !== undefined) fields += `"duration_ms":${Math.round(milliseconds * 1000) / 1000},`;
  fields += `"request_id":${JSON.stringify(request.id)},"trace_id":"${traceIdOf(request)}"`;
  if (span) fields += `,"span_id":"${span.spanContext().spanId}"`;
  if (principal) fields += `,"user_id":${JSON.stringify(principal.id)}`;
  if (principal?.apiKeyId) fields += `,"api_key_id":${JSON.stringify(principal.apiKeyId)}`;
  if (principal?.sessionId) fields += `,"session_id":${JSON.stringify(principal.sessionId)}`;
  return fields;
}

/** Probes come every second from every side: their lines are for somebody who looks for them. */
function levelOf(route: string | undefined, status: number): Level {
  if (route?.startsWith('/health/')) return 'trace';
  return status >= 500 ? 'error' : 'info';
}
