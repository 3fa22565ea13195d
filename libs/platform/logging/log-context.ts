import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';

export type LogFields = Readonly<Record<string, string | number | undefined>>;

const active = new AsyncLocalStorage<() => LogFields>();

/** Every line logged inside `work` carries these fields. They are asked for when a line is written, so they may change until then. */
export function withLogFields<T>(fields: () => LogFields, work: () => T): T {
  return active.run(fields, work);
}

/** What the running request or job, and the innermost span, add to a line. */
export function currentLogFields(): LogFields {
  const fields = active.getStore()?.();
  const span = trace.getActiveSpan()?.spanContext();
  return { ...fields, ...(span && { trace_id: span.traceId, span_id: span.spanId }) };
}
