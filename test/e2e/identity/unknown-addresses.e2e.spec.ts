import { randomBytes } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#platform/testing/system/api-client.js';
import { aStranger, fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { OtlpSink } from '../../../libs/platform/testing/otlp-sink.ts';

const ROUTES = ['/v1/auth/login', '/v1/auth/register', '/v1/auth/password/forgot', '/v1/auth/email/resend'] as const;
type Route = (typeof ROUTES)[number];

/** Whose address it is. */
type Owner = 'somebody' | 'somebody who has not verified it' | 'nobody';
type Attempt = Readonly<{ route: Route; owner: Owner; traceId: string; answer: Answer }>;

let system: System;
let collector: OtlpSink;
let attempts: Attempt[];

// Processes send their last spans when they stop: so everything happens first, and then it is looked at.
beforeAll(async () => {
  collector = await OtlpSink.start();
  system = await startSystem({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const [somebody, unverified, nobody] = [await signUp(system), aStranger(), aStranger()];
  await system.client.post('/v1/auth/register', unverified, fromElsewhere());
  // Once for what a process does once, such as loading a script into Redis.
  for (const route of ROUTES) await attempt(route, 'nobody', aStranger().email);

  attempts = [];
  for (const route of ROUTES) {
    attempts.push(await attempt(route, 'somebody', somebody.email));
    attempts.push(await attempt(route, 'somebody who has not verified it', unverified.email));
    attempts.push(await attempt(route, 'nobody', nobody.email));
  }
  await system.stop();
});
afterAll(() => collector.stop());

async function attempt(route: Route, owner: Owner, email: string): Promise<Attempt> {
  const traceId = randomBytes(16).toString('hex');
  const headers = { ...fromElsewhere().headers, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
  const takesPassword = route === '/v1/auth/login' || route === '/v1/auth/register';
  const body = takesPassword ? { email, password: 'not the right one' } : { email };
  return { route, owner, traceId, answer: await system.client.post(route, body, { headers }) };
}

/** OTLP begins to count one further on. */
const CLIENT = SpanKind.CLIENT + 1;

/** Every statement and command between the question and the answer, in their order; what the worker does later is left out. */
function workFor({ route, traceId }: Attempt): unknown[] {
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  const request = spans.find(({ name }) => name === `POST ${route}`);
  const calls = spans.filter(({ kind, parentSpanId }) => kind === CLIENT && parentSpanId === request?.spanId);
  return calls.map(({ name, attributes }) => [name, attributes['db.query.text']]);
}

/** Without what is different each time. */
const visible = ({ answer: { status, headers, body } }: Attempt) => ({
  status,
  headers: [...headers.keys()].filter((name) => name !== 'date').sort(),
  length: headers.get('content-length'),
  body: { ...(body as object), instance: null, traceId: null, requestId: null },
});

describe.each(ROUTES)('POST %s', (route) => {
  const ofRoute = () => attempts.filter((each) => each.route === route);

  it('gives the same answer with and without an account', () => {
    const [first, ...others] = ofRoute().map(visible);

    expect(first?.status).toBe(route === '/v1/auth/login' ? 401 : 202);
    expect(others).toEqual([first, first]);
  });

  it('does the same work for it, statement by statement', () => {
    const [first, ...others] = ofRoute().map(workFor);

    expect(first?.length).toBeGreaterThan(0);
    expect(others).toEqual([first, first]);
  });
});
