import type { Cores } from './cores.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';
import type { Setting } from './setting.ts';

export const TRIVIAL_PATH = '/v1/me/permissions';

export type Route = 'trivial' | 'order';
/** `bare` appears twice under two names: the same code, so any difference between the two is noise. */
export type Kind = 'bare' | 'control' | 'hand-written' | 'api';

export type Variant = Readonly<{ name: string; route: Route; kind: Kind; sampling: number | null }>;

export const VARIANTS: readonly Variant[] = [
  { name: 'trivial, bare Fastify', route: 'trivial', kind: 'bare', sampling: null },
  { name: 'trivial, this API, traces at 10 %', route: 'trivial', kind: 'api', sampling: 0.1 },
  { name: 'trivial, this API, all traces', route: 'trivial', kind: 'api', sampling: 1 },
  { name: 'trivial, bare Fastify again', route: 'trivial', kind: 'control', sampling: null },
  { name: 'order, bare Fastify + pg', route: 'order', kind: 'bare', sampling: null },
  { name: 'order, hand-written, traces at 10 %', route: 'order', kind: 'hand-written', sampling: 0.1 },
  { name: 'order, this API, traces at 10 %', route: 'order', kind: 'api', sampling: 0.1 },
  { name: 'order, hand-written, all traces', route: 'order', kind: 'hand-written', sampling: 1 },
  { name: 'order, this API, all traces', route: 'order', kind: 'api', sampling: 1 },
  { name: 'order, bare Fastify + pg again', route: 'order', kind: 'control', sampling: null },
];

export const hasObligations = ({ kind }: Variant): boolean => kind === 'api' || kind === 'hand-written';

const FILES: Readonly<Record<Kind, Readonly<Record<Route, string>>>> = {
  bare: { trivial: 'bench/servers/bare.ts', order: 'bench/servers/bare-with-postgres.ts' },
  control: { trivial: 'bench/servers/bare.ts', order: 'bench/servers/bare-with-postgres.ts' },
  'hand-written': { trivial: 'bench/servers/hand-written/server.ts', order: 'bench/servers/hand-written/server.ts' },
  api: { trivial: 'dist/apps/api/src/main.js', order: 'dist/apps/api/src/main.js' },
};

export type Running = Readonly<{
  variant: Variant;
  server: ServerUnderTest;
  service: string;
  path: string;
  headers: Readonly<Record<string, string>>;
}>;

export type Surroundings = Readonly<{ setting: Setting; cores: Cores; collectorUrl: string; trivialAnswer: string }>;

export async function startVariant(
  variant: Variant,
  { setting, cores, collectorUrl, trivialAnswer }: Surroundings,
): Promise<Running> {
  const service = variant.name.replaceAll(/\W+/g, '-');
  const telemetry = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
    OTEL_SERVICE_NAME: service,
    OTEL_TRACES_SAMPLER_ARG: String(variant.sampling),
  };
  const path = variant.route === 'trivial' ? TRIVIAL_PATH : `/v1/orders/${setting.orderId}`;
  const headers = { authorization: setting.authorization };

  const server = await startServer({
    file: FILES[variant.kind][variant.route],
    environment: { ...setting.environment, ANSWER: trivialAnswer, ...(hasObligations(variant) ? telemetry : {}) },
    prefix: cores.server,
    request: { path, headers },
  });
  return { variant, server, service, path, headers };
}
