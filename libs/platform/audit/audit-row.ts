import type { AuditEvent } from '../kernel/audit.js';
import { newId } from '../kernel/values/ids.js';
import { currentRequest } from '../request/current-request.js';

/** An event with all that is known about it, under the names of its columns and log fields. */
export type AuditRow = Readonly<{
  id: string;
  type: string;
  actor_id: string | null;
  api_key_id: string | null;
  subject_id: string | null;
  details: AuditEvent['details'] | null;
  count: number;
  ip_address: string | null;
  request_id: string | null;
  at: Date;
}>;

export function auditRow({ type, actorId, subjectId, details }: AuditEvent, at: Date): AuditRow {
  const origin = whereFrom();
  return {
    ...origin,
    id: newId(),
    type,
    actor_id: actorId === undefined ? origin.actor_id : actorId,
    subject_id: subjectId ?? null,
    details: details ?? null,
    count: 1,
    at,
  };
}

/** Nobody and nowhere for what the system does by itself. */
function whereFrom(): Pick<AuditRow, 'actor_id' | 'api_key_id' | 'ip_address' | 'request_id'> {
  const { id, ip, principal } = currentRequest() ?? {};
  return {
    actor_id: principal?.id ?? null,
    api_key_id: principal?.apiKeyId ?? null,
    ip_address: ip ?? null,
    request_id: id ?? null,
  };
}
