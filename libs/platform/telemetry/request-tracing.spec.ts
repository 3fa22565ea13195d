import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { traceIdOf, traceRequests } from './request-tracing.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;
const REQUEST_ID = '0198c0de-f00d-7000-8000-00000000cafe';

/** What a service without a collector makes of a request. */
async function traceIdFor(headers: Record<string, string>, requestId = REQUEST_ID): Promise<string> {
  const fastify = Fastify({ genReqId: () => requestId });
  traceRequests(fastify);
  fastify.get('/', (request) => ({ first: traceIdOf(request), again: traceIdOf(request) }));

  const { first, again } = (await fastify.inject({ url: '/', headers })).json<{ first: string; again: string }>();

  expect(again).toBe(first);
  return first;
}

describe('the trace id without a collector', () => {
  it('is the one the caller sent', async () => {
    expect(await traceIdFor({ traceparent: TRACEPARENT })).toBe(TRACE_ID);
  });

  it('is read off the request id otherwise', async () => {
    expect(await traceIdFor({})).toBe(REQUEST_ID.replaceAll('-', ''));
  });

  it('is made up when the request id is no UUID', async () => {
    expect(await traceIdFor({}, 'chosen by the caller')).toMatch(/^[\da-f]{32}$/);
  });

  it.each([
    ['of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['with a parent of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['of a forbidden version', `ff-${TRACE_ID}-00f067aa0ba902b7-01`],
    ['in capitals', TRACEPARENT.toUpperCase()],
    ['with something behind it', `${TRACEPARENT}x`],
    ['that is nonsense', 'x'],
  ])('does not believe a traceparent %s', async (_, traceparent) => {
    expect(await traceIdFor({ traceparent })).toBe(REQUEST_ID.replaceAll('-', ''));
  });
});
