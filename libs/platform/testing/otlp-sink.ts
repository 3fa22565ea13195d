import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type Attribute = Readonly<{ key: string; value: Readonly<Record<string, unknown>> }>;
type Scoped<Key extends string, Item> = Readonly<
  { resource: { attributes?: Attribute[] } } & Record<Key, readonly Readonly<Record<string, Item[]>>[]>
>;

export type ReceivedSpan = Readonly<{
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code: number };
  attributes: Readonly<Record<string, unknown>>;
}>;

export type ReceivedMetric = Readonly<{
  name: string;
  points: readonly Readonly<{ count?: number; attributes: Readonly<Record<string, unknown>> }>[];
}>;

type RawSpan = Omit<ReceivedSpan, 'attributes'> & { attributes?: Attribute[] };
type RawMetric = { name: string } & Partial<
  Record<'histogram' | 'sum' | 'gauge', { dataPoints: { count?: number; attributes?: Attribute[] }[] }>
>;

/** A collector that keeps what OTLP/HTTP exporters send it as JSON, for tests and benchmarks. */
export class OtlpSink {
  readonly spans: ReceivedSpan[] = [];
  readonly metrics: ReceivedMetric[] = [];
  readonly resources: Readonly<Record<string, unknown>>[] = [];
  private readonly server = createServer((request, response) => {
    void this.receive(request).then((status) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
    );
  });

  static async start(port = 0): Promise<OtlpSink> {
    const sink = new OtlpSink();
    await new Promise<void>((resolve, reject) => sink.server.once('error', reject).listen(port, '127.0.0.1', resolve));
    return sink;
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT wants to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage): Promise<number> {
    if (!request.headers['content-type']?.includes('json')) return 415;
    const body = (await json(request)) as Record<string, unknown>;
    if (request.url === '/v1/traces') this.keepSpans(body['resourceSpans'] as Scoped<'scopeSpans', RawSpan>[]);
    else if (request.url === '/v1/metrics')
      this.keepMetrics(body['resourceMetrics'] as Scoped<'scopeMetrics', RawMetric>[]);
    else return 404;
    return 200;
  }

  private keepSpans(received: readonly Scoped<'scopeSpans', RawSpan>[]): void {
    for (const { resource, scopeSpans } of received) {
      this.resources.push(plain(resource.attributes));
      const spans = scopeSpans.flatMap((scope) => scope['spans'] ?? []);
      this.spans.push(...spans.map((span) => ({ ...span, attributes: plain(span.attributes) })));
    }
  }

  private keepMetrics(received: readonly Scoped<'scopeMetrics', RawMetric>[]): void {
    const metrics = received.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope['metrics'] ?? []));
    for (const { name, histogram, sum, gauge } of metrics) {
      const { dataPoints = [] } = histogram ?? sum ?? gauge ?? {};
      this.metrics.push({
        name,
        points: dataPoints.map(({ count, attributes }) => ({ count, attributes: plain(attributes) })),
      });
    }
  }
}

/** OTLP wraps each value in an object that names its type. */
function plain(attributes: readonly Attribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
