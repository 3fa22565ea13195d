import { type Attributes, context, metrics, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { telemetryIsOn } from '../telemetry/start.js';
import { OutboundFailure } from './outbound-failure.js';

const BUCKETS_IN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** `resends`: how many times the same call was sent before. */
type Call = Readonly<{
  method: string;
  url: URL;
  headers: Readonly<{ set: (name: string, value: string) => unknown }>;
  resends: number;
}>;
type Outcome = Readonly<{ status?: number; error?: unknown }>;

/**
 * A client span and a measurement for each attempt, by OpenTelemetry's semantic conventions for HTTP. Without `url.full`: paths and queries
 * hold secrets, such as those of a webhook. Servers that users name are in no metric, where each would be a series of its own, and are told
 * of no trace.
 */
export class CallTelemetry {
  private readonly tracer = trace.getTracer('http');
  private readonly duration = metrics.getMeter('http').createHistogram('http.client.request.duration', {
    description: 'Duration of HTTP client requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS_IN_SECONDS },
  });

  constructor(
    private readonly client: string,
    private readonly isFromUsers: boolean,
  ) {}

  /** Adds the trace to the headers. Call what it returns once, with what has become of it. */
  start({ method, url, headers, resends }: Call): (outcome: Outcome) => void {
    if (!telemetryIsOn()) return () => undefined;

    const startedAt = performance.now();
    const server = { 'server.address': url.hostname, 'server.port': portOf(url) };
    const common = {
      'http.request.method': method,
      'url.scheme': url.protocol.slice(0, -1),
      'outbound.client': this.client,
    };
    const span =
      trace.getActiveSpan() &&
      this.tracer.startSpan(method, {
        kind: SpanKind.CLIENT,
        attributes: { ...common, ...server, ...(resends > 0 && { 'http.request.resend_count': resends }) },
      });
    if (span && !this.isFromUsers) {
      const carrier: Record<string, string> = {};
      propagation.inject(trace.setSpan(context.active(), span), carrier);
      for (const [name, value] of Object.entries(carrier)) headers.set(name, value);
    }

    return (outcome) => {
      const ended = endOf(outcome);
      span?.setAttributes(ended);
      if ('error.type' in ended) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      this.duration.record((performance.now() - startedAt) / 1_000, {
        ...common,
        ...(!this.isFromUsers && server),
        ...ended,
      });
    };
  }
}

function endOf({ status, error }: Outcome): Attributes {
  if (status === undefined) return { 'error.type': error instanceof OutboundFailure ? error.reason : 'aborted' };
  return { 'http.response.status_code': status, ...(status >= 400 && { 'error.type': String(status) }) };
}

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);
