import {
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | null;
  }
}

const endpoint = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
new NodeSDK({
  serviceName: process.env['OTEL_SERVICE_NAME'],
  autoDetectResources: false,
  sampler: new ParentBasedSampler({
    root: new TraceIdRatioBasedSampler(Number(process.env['OTEL_TRACES_SAMPLER_ARG'])),
  }),
  spanProcessors: [
    new BatchSpanProcessor({
      exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
      maxQueueSize: 16_384,
      maxExportBatchSize: 1_024,
      scheduledDelayMillis: 2_000,
    }),
  ],
  metricReaders: [
    new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }) }),
  ],
  logRecordProcessors: [],
  instrumentations: [new RuntimeNodeInstrumentation()],
}).start();

export const tracer = trace.getTracer('hand-written');
export const clientDuration = metrics
  .getMeter('hand-written')
  .createHistogram('db.client.operation.duration', { unit: 's' });
const serverDuration = metrics.getMeter('hand-written').createHistogram('http.server.request.duration', { unit: 's' });

export const traceIdOf = (request: FastifyRequest): string => request.span?.spanContext().traceId ?? '';

export function traceRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('span', null);

  fastify.addHook('onRequest', (request, _reply, done) => {
    const parent =
      request.headers.traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, request.headers);
    const route = request.routeOptions.url;
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'url.path': request.url.split('?', 1)[0],
      'url.scheme': request.protocol,
    };
    const span = tracer.startSpan(`${request.method} ${route ?? ''}`, { kind: SpanKind.SERVER, attributes }, parent);
    request.span = span;
    context.with(trace.setSpan(parent, span), done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    request.span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) request.span?.setStatus({ code: SpanStatusCode.ERROR });
    request.span?.end();
    serverDuration.record(reply.elapsedTime / 1000, {
      'http.request.method': request.method,
      'url.scheme': request.protocol,
      'http.response.status_code': reply.statusCode,
      'http.route': request.routeOptions.url,
    });
    done();
  });
}
