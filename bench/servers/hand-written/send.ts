import { createHash } from 'node:crypto';
import { context, propagation } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 as newId } from 'uuid';
import { type ParcelRow, toParcel } from '../parcel-row.ts';
import type { Caller } from './identity.ts';
import { logAudit } from './log.ts';
import { transaction } from './postgres.ts';

export type Contents = readonly Readonly<{ what: string; count: number }>[];

type Answer = Readonly<{ status: number; headers: Record<string, string>; body: string }>;
type Stored = Answer & Readonly<{ fingerprint: Buffer }>;

const LOCK = { name: 'lock-key', text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked' };
const FIND = {
  name: 'find-answer',
  text: 'SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE principal_id = $1 AND key = $2',
};
const ADD_PARCEL = {
  name: 'add-parcel',
  text: `INSERT INTO parcels (id, sender_id, contents) VALUES ($1, $2, $3)
         RETURNING id, sender_id, contents, status, version, sent_at`,
};
const ADD_JOBS = {
  name: 'add-jobs',
  text: `WITH job AS (
           INSERT INTO jobs (id, name, payload, traceparent, run_at)
           VALUES ($1, 'parcels.deliver', $3, $4, now()), ($2, 'parcels.send-notice', $3, $4, now()))
         SELECT pg_notify('jobs', '')`,
};
const ADD_AUDIT = {
  name: 'add-audit',
  text: `INSERT INTO audit_events (id, type, actor_id, subject_id, count, ip_address, request_id, at)
         VALUES ($1, 'parcel.sent', $2, $3, 1, $4, $5, $6)`,
};
const ADD_ANSWER = {
  name: 'add-answer',
  text: `INSERT INTO idempotency_keys (principal_id, key, fingerprint, status, headers, body)
         VALUES ($1, $2, $3, $4, $5, $6)`,
};

type Sending = Readonly<{ caller: Caller; key: string; contents: Contents }>;

/** The parcel, its jobs, the audit event and the answer, in one transaction. */
export async function sendOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  { caller, key, contents }: Sending,
): Promise<Answer | 'in use' | 'other request'> {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body]))
    .digest();
  const id = newId();
  const audit = { id: newId(), actorId: caller.userId, subjectId: id, ip: request.ip, at: new Date() };

  const answer = await transaction(async (query) => {
    const [lock] = await query<{ locked: boolean }>(LOCK, [`${caller.userId} ${key}`]);
    if (!lock?.locked) return 'in use';
    const [stored] = await query<Stored>(FIND, [caller.userId, key]);
    if (stored) return stored.fingerprint.equals(fingerprint) ? stored : 'other request';

    const [parcel] = await query<ParcelRow>(ADD_PARCEL, [id, caller.userId, JSON.stringify(contents)]);
    await query(ADD_JOBS, [newId(), newId(), JSON.stringify({ parcelId: id }), currentTraceparent()]);
    await query(ADD_AUDIT, [audit.id, audit.actorId, id, audit.ip, request.id, audit.at]);
    const body = reply.serializeInput({ data: toParcel(parcel as ParcelRow) }, '201') as string;
    const sent = { status: 201, headers: { location: `/v1/parcels/${id}`, etag: `"${parcel?.version}"` }, body };
    await query(ADD_ANSWER, [caller.userId, key, fingerprint, 201, JSON.stringify(sent.headers), body]);
    return sent;
  });
  if (typeof answer !== 'string') logAudit({ audit: 'parcel.sent', ...audit });
  return answer;
}

function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}
