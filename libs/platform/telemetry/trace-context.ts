import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { telemetryIsOn } from './start.js';

type SpanOptions = Readonly<{ kind?: SpanKind; attributes?: Attributes; traceparent?: string | null }>;

/** The W3C traceparent of what runs now, to be stored with work that happens later; null outside of a trace. */
export function currentTraceparent(): string | null {
  if (!telemetryIsOn()) return null;

  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Runs work inside a span of its own, which continues the trace of `traceparent` if there is one. */
export async function inSpan<T>(
  name: string,
  { kind, attributes, traceparent }: SpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (!telemetryIsOn()) return work();

  const parent = traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : context.active();
  const span = trace.getTracer('work').startSpan(name, { kind, attributes }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span
      .setStatus({ code: SpanStatusCode.ERROR })
      .setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}
