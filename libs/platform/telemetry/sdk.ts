import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import type { Env } from '../config/env.js';
import { newId } from '../kernel/values/ids.js';
import { serviceVersion } from './service-version.js';
import type { Report, Telemetry } from './telemetry.js';

/** At most this many finished spans wait for the collector; what comes on top is dropped, so its outage costs no memory. */
const MAX_WAITING_SPANS = 16_384;
/** One message is on its way at a time: smaller ones would not keep up with a busy process on full sampling. */
const SPANS_PER_MESSAGE = 1_024;
const SEND_SPANS_AFTER_MS = 2_000;
const SEND_TIMEOUT_MS = 5_000;
const SHUTDOWN_TIMEOUT_MS = 3_000;
const REPORT_AGAIN_AFTER_MS = 60_000;

export function startSdk(env: Env, endpoint: string, report: Report, shutdownTimeout = SHUTDOWN_TIMEOUT_MS): Telemetry {
  reportTrouble(report);
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({
      'service.name': env.OTEL_SERVICE_NAME,
      'service.version': serviceVersion,
      'service.instance.id': newId(),
      'deployment.environment.name': env.DEPLOYMENT_ENVIRONMENT ?? env.NODE_ENV,
    }),
    resourceDetectors: [envDetector],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(env.OTEL_TRACES_SAMPLER_ARG) }),
    spanProcessors: [spansTo(endpoint, env)],
    metricReaders: [metricsTo(endpoint, env)],
    logRecordProcessors: [],
    // It asks Node and patches no module. Requests, in both directions, Postgres and Redis have spans of our own.
    instrumentations: [new RuntimeNodeInstrumentation()],
  });
  sdk.start();
  return { shutdown: () => atMost(shutdownTimeout, sdk.shutdown(), report) };
}

function spansTo(endpoint: string, env: Env): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(connection(endpoint, 'v1/traces', env)),
    maxQueueSize: MAX_WAITING_SPANS,
    maxExportBatchSize: SPANS_PER_MESSAGE,
    scheduledDelayMillis: SEND_SPANS_AFTER_MS,
    exportTimeoutMillis: SEND_TIMEOUT_MS,
  });
}

function metricsTo(endpoint: string, env: Env): PeriodicExportingMetricReader {
  const exporter = new OTLPMetricExporter(connection(endpoint, 'v1/metrics', env));
  return new PeriodicExportingMetricReader({ exporter, exportTimeoutMillis: SEND_TIMEOUT_MS });
}

function connection(endpoint: string, path: string, env: Env) {
  return {
    url: `${endpoint.replace(/\/+$/, '')}/${path}`,
    headers: parseHeaders(env.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    timeoutMillis: SEND_TIMEOUT_MS,
  };
}

/** `name=value,name=value`, values percent-encoded. Read here and not by the exporter, because the value may come from a file. */
function parseHeaders(list: string): Record<string, string> {
  const pairs = list.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())];
    }),
  );
}

/** A collector that is away fails every batch: one line a minute is enough. */
function reportTrouble(report: Report): void {
  let nextReport = 0;
  const tell = (message: string) => {
    if (Date.now() < nextReport) return;
    nextReport = Date.now() + REPORT_AGAIN_AFTER_MS;
    report(`Telemetry: ${message}`);
  };
  const ignore = () => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

async function atMost(milliseconds: number, work: Promise<void>, report: Report): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not flushed within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, timeout]);
  } catch (error) {
    report(`Telemetry: the last spans and metrics are lost: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
