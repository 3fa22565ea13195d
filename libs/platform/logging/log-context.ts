import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';
import { type CurrentRequest, currentRequest } from '../request/current-request.js';
import { traceIdOf } from '../telemetry/request-tracing.js';

export type LogFields = Readonly<Record<string, string | number | undefined>>;

const active = new AsyncLocalStorage<LogFields>();

/** Every line logged inside `work` carries these fields. Requests do not need it: currentRequest() supplies theirs. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return active.run(fields, work);
}

/** What the running request or job, and the innermost span, add to a line. */
export function currentLogFields(): LogFields {
  const request = currentRequest();
  const span = trace.getActiveSpan()?.spanContext();
  return {
    ...(request && fieldsOf(request)),
    ...active.getStore(),
    ...(span && { trace_id: span.traceId, span_id: span.spanId }),
  };
}

function fieldsOf(request: CurrentRequest): LogFields {
  return { request_id: request.id, trace_id: traceIdOf(request), user_id: request.principal?.id };
}
