import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { startTelemetry } from '../telemetry/start.js';
import { inSpan } from '../telemetry/trace-context.js';
import { aValidEnv } from '../testing/env.factory.js';
import { OtlpSink } from '../testing/otlp-sink.js';
import { OutboundClient, type OutboundOptions } from './outbound-client.js';

// A process has one SDK, and its last spans leave when it stops: so everything happens first, and then it is looked at.
describe('a call to another server, with a collector', () => {
  let sink: OtlpSink;
  let port: number;
  const heard: Record<string, IncomingHttpHeaders[]> = {};

  beforeAll(async () => {
    const server = createServer((request, response) => {
      const [, path = ''] = String(request.url).split(/[/?]/);
      (heard[path] ??= []).push(request.headers);
      response.writeHead(path === 'flaky' && heard[path].length === 1 ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    sink = await OtlpSink.start();
    const telemetry = await startTelemetry(loadEnv(aValidEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })));
    const client = (name: string, options: Partial<OutboundOptions> = {}) =>
      new OutboundClient({ name, addressesFrom: 'configuration', maxBytes: 100, ...options });
    const url = `http://127.0.0.1:${port}`;

    await inSpan('work', {}, async () => {
      await client('plain').fetch(`${url}/plain-secret?token=query-secret`, {
        headers: { authorization: 'header-secret' },
      });
      await client('flaky').fetch(`${url}/flaky`);
      await client('hook', { addressesFrom: 'users', alsoAllowed: ['127.0.0.1/32'] }).fetch(`${url}/hook`);
      await client('refused', { addressesFrom: 'users' })
        .fetch(`${url}/refused`)
        .catch(() => undefined);
      await client('given-up')
        .fetch(url, { signal: AbortSignal.abort() })
        .catch(() => undefined);
    });
    await client('alone').fetch(`${url}/alone`);

    await telemetry.shutdown();
    await new Promise((resolve) => server.close(resolve));
  });
  afterAll(() => sink.stop());

  const spansOf = (client: string) => sink.spans.filter(({ attributes }) => attributes['outbound.client'] === client);
  const pointsOf = (client: string) =>
    sink.metrics
      .filter(({ name }) => name === 'http.client.request.duration')
      .flatMap(({ points }) => points)
      .filter(({ attributes }) => attributes['outbound.client'] === client);

  it('is a client span below the work that makes it, and tells the other server of the trace', () => {
    const [work] = sink.spans.filter(({ name }) => name === 'work');
    const [span] = spansOf('plain');

    expect(span).toMatchObject({
      name: 'GET',
      kind: SpanKind.CLIENT + 1,
      parentSpanId: work?.spanId,
      traceId: work?.traceId,
    });
    expect(heard['plain-secret']?.[0]?.traceparent).toBe(`00-${work?.traceId}-${span?.spanId}-01`);
  });

  it('is described without what may be secret', () => {
    expect(spansOf('plain')[0]?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'outbound.client': 'plain',
      'server.address': '127.0.0.1',
      'server.port': port,
      'url.scheme': 'http',
    });
    expect(JSON.stringify([sink.spans, sink.metrics])).not.toContain('-secret');
  });

  it('has a span for each attempt', () => {
    expect(spansOf('flaky')).toMatchObject([
      { status: { code: 2 }, attributes: { 'http.response.status_code': 503, 'error.type': '503' } },
      { attributes: { 'http.response.status_code': 200, 'http.request.resend_count': 1 } },
    ]);
  });

  it('is measured by server and status', () => {
    expect(pointsOf('plain')).toMatchObject([
      { attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200, 'server.address': '127.0.0.1' } },
    ]);
  });

  it('to an address from a user is no series of its own, and tells nobody of the trace', () => {
    expect(heard.hook?.[0]).not.toHaveProperty('traceparent');
    expect(pointsOf('hook').map(({ attributes }) => Object.keys(attributes).sort())).toEqual([
      ['http.request.method', 'http.response.status_code', 'outbound.client', 'url.scheme'],
    ]);
    expect(spansOf('hook')).toMatchObject([{ attributes: { 'server.address': '127.0.0.1' } }]);
  });

  it('that was refused says why', () => {
    expect(spansOf('refused')).toMatchObject([
      { status: { code: 2 }, attributes: { 'error.type': 'address-refused' } },
    ]);
    expect(pointsOf('refused')).toMatchObject([{ attributes: { 'error.type': 'address-refused' } }]);
  });

  it('that was given up before it began is none', () => {
    expect([spansOf('given-up'), pointsOf('given-up')]).toEqual([[], []]);
  });

  it('that belongs to no work is measured alone', () => {
    expect(spansOf('alone')).toEqual([]);
    expect(pointsOf('alone')).toHaveLength(1);
  });
});
