import { type AddressInfo, connect } from 'node:net';
import { SpanKind } from '@opentelemetry/api';
import Fastify, { type FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { RoutedPool } from '../database/pool/routed-pool.js';
import { aValidEnv } from '../testing/env.factory.js';
import { OtlpSink, type ReceivedSpan } from '../testing/otlp-sink.js';
import { traceIdOf, traceRequests } from './request-tracing.js';
import { startTelemetry, telemetryIsOn } from './start.js';
import { traceCommands } from './trace-commands.js';
import { currentTraceparent, inSpan } from './trace-context.js';
import { traceQueries } from './trace-queries.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';

// A process has one SDK, and its last spans leave when it stops: so everything happens first, and then it is looked at.
describe('telemetry with a collector', () => {
  let sink: OtlpSink;
  let answered: { inTrace: string; traceparent: string | null };

  beforeAll(async () => {
    sink = await OtlpSink.start();
    const env = loadEnv(aValidEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: `${sink.url}/`, OTEL_SERVICE_NAME: 'under-test' }));
    const telemetry = await startTelemetry(env);
    const { fastify, close } = await service();

    answered = (
      await fastify.inject({
        url: '/orders/1?token=hidden',
        headers: { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` },
      })
    ).json();
    await Promise.all([1, 2, 3, 4, 5].map((id) => fastify.inject(`/waits/${id}`)));
    await fastify.inject('/broken');
    await fastify.inject('/nowhere/private-path');
    await hangUp(fastify);

    await close();
    await telemetry.shutdown();
  });

  afterAll(() => sink.stop());

  const spans = (name: string): ReceivedSpan[] => sink.spans.filter((span) => span.name === name);

  it('continues the trace of the caller, and tells it to the code that answers', () => {
    expect(spans('GET /orders/:id')).toMatchObject([{ traceId: TRACE_ID, parentSpanId: PARENT_ID }]);
    expect(answered.inTrace).toBe(TRACE_ID);
  });

  it('describes a request without its query', () => {
    const [span] = spans('GET /orders/:id');

    expect(span?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/orders/:id',
      'http.response.status_code': 200,
      'url.path': '/orders/1',
      'url.scheme': 'http',
    });
  });

  it('names the service on everything it sends', () => {
    expect(sink.resources[0]).toMatchObject({
      'service.name': 'under-test',
      'service.version': expect.stringMatching(/^\d+\.\d+/),
      'service.instance.id': expect.any(String),
    });
  });

  it('puts statements and commands below the request that made them', () => {
    const [request] = spans('GET /orders/:id');

    expect(spans('orders.find')).toMatchObject([
      { traceId: TRACE_ID, parentSpanId: request?.spanId, attributes: { 'db.system.name': 'postgresql' } },
    ]);
    expect(spans('SELECT')[0]?.attributes).toMatchObject({ 'db.query.text': 'SELECT $1::int' });
    expect(spans('GET')[0]).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: { 'db.system.name': 'redis', 'db.operation.name': 'GET' },
    });
  });

  it('does not mistake the request that waited for a connection for the one that gave it back', () => {
    const waiting = spans('GET /waits/:id').map(({ spanId }) => spanId);
    const parents = spans('waits.find').map(({ parentSpanId }) => parentSpanId);

    expect(waiting).toHaveLength(5);
    expect(parents.sort()).toEqual(waiting.sort());
  });

  it('marks a statement that failed by its SQLSTATE', () => {
    expect(spans('BROKEN')).toMatchObject([{ status: { code: 2 }, attributes: { 'error.type': '42601' } }]);
  });

  it('marks a request that ended in a 500', () => {
    expect(spans('GET /broken')).toMatchObject([
      { status: { code: 2 }, attributes: { 'http.response.status_code': 500, 'error.type': '500' } },
    ]);
  });

  it('ends the span of a client that hung up', () => {
    expect(spans('GET /slow')).toMatchObject([{ attributes: { 'error.type': 'aborted' } }]);
  });

  it('lets work that happens later join the trace', () => {
    expect(answered.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-`));
    expect(spans('orders.fulfil')).toMatchObject([{ traceId: TRACE_ID, kind: SpanKind.CONSUMER + 1 }]);
  });

  it('measures requests by route and status, and unknown paths under no route', () => {
    const points = sink.metrics
      .filter(({ name }) => name === 'http.server.request.duration')
      .flatMap(({ points }) => points);
    const statusOf = (route: string | undefined) =>
      points
        .filter(({ attributes }) => attributes['http.route'] === route)
        .map(({ attributes }) => attributes['http.response.status_code']);

    expect(statusOf('/orders/:id')).toEqual([200]);
    expect(statusOf('/broken')).toEqual([500]);
    expect(statusOf(undefined)).toEqual([404]);
  });

  it('measures statements and commands', () => {
    const systems = sink.metrics
      .filter(({ name }) => name === 'db.client.operation.duration')
      .flatMap(({ points }) => points.map(({ attributes }) => attributes['db.system.name']));

    expect(new Set(systems)).toEqual(new Set(['postgresql', 'redis']));
  });
});

describe('telemetry without a collector', () => {
  it('is off', async () => {
    const telemetry = await startTelemetry(loadEnv(aValidEnv()));

    expect(telemetryIsOn()).toBe(false);
    expect(currentTraceparent()).toBeNull();
    await telemetry.shutdown();
  });

  it('changes no connection', () => {
    const connection = { query: () => undefined };
    const { query } = connection;

    traceQueries()(connection as unknown as pg.ClientBase);

    expect(connection.query).toBe(query);
  });
});

async function service(): Promise<{ fastify: FastifyInstance; close: () => Promise<void> }> {
  const pool = new RoutedPool({
    connectionString: process.env.DATABASE_URL,
    schema: 'public',
    wire: 'batched',
    connectionTimeoutMillis: 3_000,
    max: 1,
  });
  pool.on('connect', traceQueries());
  const redis = new Redis(process.env.REDIS_URL ?? '');
  traceCommands(redis);

  const fastify = Fastify();
  traceRequests(fastify);
  fastify.get('/orders/:id', async (request) => {
    await pool.query({ name: 'orders.find', text: 'SELECT $1::int AS id', values: [1] });
    await pool.query('SELECT $1::int', [1]);
    await redis.get('some-key');
    const traceparent = currentTraceparent();
    await inSpan('orders.fulfil', { kind: SpanKind.CONSUMER, traceparent }, async () => undefined);
    return { inTrace: traceIdOf(request), traceparent };
  });
  fastify.get('/waits/:id', async () => {
    await pool.query({ name: 'waits.find', text: 'SELECT 1' });
    return {};
  });
  fastify.get('/broken', () => pool.query('BROKEN'));
  fastify.get('/slow', (request) => new Promise((resolve) => request.raw.once('close', resolve)));

  const close = async () => {
    await fastify.close();
    await pool.end();
    redis.disconnect();
  };
  return { fastify, close };
}

/** Sends a request, waits until it has arrived, and closes the connection. */
async function hangUp(fastify: FastifyInstance): Promise<void> {
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  const aborted = new Promise<void>((resolve) =>
    fastify.server.once('request', (request) => request.once('close', resolve)),
  );
  const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
  fastify.server.once('request', () => socket.destroy());
  socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await aborted;
}
