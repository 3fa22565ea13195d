import type { FastifyReply, FastifyRequest } from 'fastify';
import pino from 'pino';
import { traceIdOf } from './telemetry.ts';

const log = pino(
  { base: { service: process.env['OTEL_SERVICE_NAME'] } },
  pino.destination({ dest: 1, sync: true, minLength: 4_096, periodicFlush: 100 }),
);

export function logAudit(event: Readonly<Record<string, unknown>>): void {
  log.info(event, 'audit');
}

export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  log.info(
    {
      method: request.method,
      route: request.routeOptions.url,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
      request_id: request.id,
      trace_id: traceIdOf(request),
      span_id: request.span?.spanContext().spanId,
      user_id: request.caller?.userId,
      session_id: request.caller?.sessionId,
    },
    'request',
  );
}
