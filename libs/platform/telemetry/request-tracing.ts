import { randomBytes } from 'node:crypto';
import {
  type Attributes,
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isId } from '../kernel/values/ids.js';
import { telemetryIsOn } from './start.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The server span; null when telemetry is off. */
    span: Span | null;
    /** Empty until somebody asks: use `traceIdOf`. */
    traceId: string;
  }
}

type Traceable = Pick<FastifyRequest, 'id' | 'headers' | 'span' | 'traceId'>;

const BUCKETS_IN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Ids, names and our own words. Tokens and API keys are longer, e-mail addresses need other characters. */
const PLAIN_PATH = /^(?:\/(?!eyJ)[\w.:-]{0,40})+$/;
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;

/** The same in problems, log lines and spans; there without a collector too, so that a caller can quote it. */
export function traceIdOf(request: Traceable): string {
  request.traceId ||= request.span?.spanContext().traceId ?? inboundTraceId(request) ?? traceIdFrom(request.id);
  return request.traceId;
}

/** One server span and one measurement per request, named and labelled by OpenTelemetry's semantic conventions for HTTP. */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('span', null);
  fastify.decorateRequest('traceId', '');
  if (telemetryIsOn()) installSpans(fastify);
}

function installSpans(fastify: FastifyInstance): void {
  const tracer = trace.getTracer('http');
  const durations = new Durations();

  fastify.addHook('onRequest', (request, _reply, done) => {
    const parent =
      request.headers.traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, request.headers);
    const route = request.routeOptions.url;
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'url.path': plainPathOf(request),
      'url.scheme': request.protocol,
    };
    const span = tracer.startSpan(
      route === undefined ? request.method : `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      parent,
    );
    request.span = span;
    // `done` runs the rest of the request inside this context: body parsing, authentication, handler, database spans.
    context.with(trace.setSpan(parent, span), done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    endSpan(request, reply.statusCode);
    durations.record(request, reply.statusCode, reply.elapsedTime);
    done();
  });

  // A client that hangs up gets no response, and onResponse is not called.
  fastify.addHook('onRequestAbort', (request, done) => {
    endSpan(request, undefined);
    done();
  });
}

function endSpan(request: FastifyRequest, status: number | undefined): void {
  const { span } = request;
  // False for a span that was not sampled, and for one that has ended.
  if (!span?.isRecording()) return;

  if (status === undefined) span.setAttribute('error.type', 'aborted');
  else {
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(status));
  }
  span.end();
}

/** http.server.request.duration. The few combinations of labels are made once, not once per request. */
class Durations {
  private readonly histogram = metrics.getMeter('http').createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS_IN_SECONDS },
  });
  private readonly labels = new Map<string, Attributes>();

  record(request: FastifyRequest, status: number, milliseconds: number): void {
    const key = `${request.method} ${status} ${request.routeOptions.url}`;
    let labels = this.labels.get(key);
    if (!labels) this.labels.set(key, (labels = labelsOf(request, status)));
    this.histogram.record(milliseconds / 1000, labels);
  }
}

function labelsOf({ method, protocol, routeOptions }: FastifyRequest, status: number): Attributes {
  const labels: Attributes = {
    'http.request.method': method,
    'url.scheme': protocol,
    'http.response.status_code': status,
  };
  if (routeOptions.url !== undefined) labels['http.route'] = routeOptions.url;
  if (status >= 500) labels['error.type'] = String(status);
  return labels;
}

/** Without the query, which may carry what nobody should read, and not at all where a stranger may have put such things into the path. */
export function plainPathOf({ url, routeOptions }: Pick<FastifyRequest, 'url' | 'routeOptions'>): string | undefined {
  if (routeOptions.url === undefined) return undefined;
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  return PLAIN_PATH.test(path) ? path : undefined;
}

function inboundTraceId(request: Traceable): string | undefined {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}

/** A UUID has the 128 bits of a trace id, so one finds the other. */
function traceIdFrom(requestId: string): string {
  return isId(requestId) ? requestId.replaceAll('-', '').toLowerCase() : randomBytes(16).toString('hex');
}
