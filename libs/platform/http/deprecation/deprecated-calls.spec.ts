import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RecordedLog } from '../../testing/doubles/recorded-log.js';
import { aPrincipal } from '../../testing/principal.factory.js';
import { DeprecatedCalls } from './deprecated-calls.js';

const ada = aPrincipal();
const key = aPrincipal({ kind: 'api-key', apiKeyId: 'key-1' });

function setup() {
  const log = new RecordedLog();
  const calls = new DeprecatedCalls(log.logger);
  const call = (principal: object | null, url = '/v1/boxes') =>
    calls.note({ method: 'GET', routeOptions: { url }, principal } as never);
  return { log, call };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T12:00:00Z') }));
afterEach(() => vi.useRealTimers());

it('names each caller of each route, once an hour', () => {
  const { log, call } = setup();

  for (const principal of [ada, ada, key, null, null]) call(principal);
  call(ada, '/v1/crates');
  vi.setSystemTime('2026-06-01T12:59:59Z');
  call(ada);
  expect(log.lines.map(({ route, caller, user_id, api_key_id }) => [route, caller, user_id, api_key_id])).toEqual([
    ['/v1/boxes', 'user', ada.id, undefined],
    ['/v1/boxes', 'api-key', key.id, 'key-1'],
    ['/v1/boxes', 'anonymous', undefined, undefined],
    ['/v1/crates', 'user', ada.id, undefined],
  ]);

  vi.setSystemTime('2026-06-01T13:00:00Z');
  call(ada);
  expect(log.lines).toHaveLength(5);
});

it('counts every call, by its route and the kind of its caller', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const { call } = setup();

  for (const principal of [ada, aPrincipal(), key, null]) call(principal);
  await reader.forceFlush();

  const [metric] = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  expect(metric?.descriptor.name).toBe('http.server.deprecated_calls');
  const route = { 'http.request.method': 'GET', 'http.route': '/v1/boxes' };
  expect(metric?.dataPoints.map(({ attributes, value }) => [attributes, value])).toEqual([
    [{ ...route, caller: 'user' }, 2],
    [{ ...route, caller: 'api-key' }, 1],
    [{ ...route, caller: 'anonymous' }, 1],
  ]);
  await reader.shutdown();
  metrics.disable();
});
