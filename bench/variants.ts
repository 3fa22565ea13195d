import { basename } from 'node:path';
import type { Cores } from './measure/cores.ts';
import { type Question, questionOf, type Route } from './routes.ts';
import { ROOT, type ServerUnderTest, startServer } from './server-under-test.ts';
import type { Setting } from './setting.ts';

/** What is measured again is the same code under two names, so any difference between the two is noise. */
export type Kind = 'bare' | 'bare again' | 'hand-written' | 'hand-written again' | 'api' | 'other api' | 'api again';

export type Variant = Readonly<{
  name: string;
  route: Route;
  kind: Kind;
  sampling: number | null;
  /** Where it was built, if not here. */
  folder?: string;
}>;

export const VARIANTS: readonly Variant[] = [
  { name: 'trivial, bare Fastify', route: 'trivial', kind: 'bare', sampling: null },
  { name: 'trivial, this API, traces at 10 %', route: 'trivial', kind: 'api', sampling: 0.1 },
  { name: 'trivial, this API, all traces', route: 'trivial', kind: 'api', sampling: 1 },
  { name: 'trivial, bare Fastify again', route: 'trivial', kind: 'bare again', sampling: null },
  { name: 'read, bare Fastify + pg', route: 'read', kind: 'bare', sampling: null },
  { name: 'read, hand-written, traces at 10 %', route: 'read', kind: 'hand-written', sampling: 0.1 },
  { name: 'read, this API, traces at 10 %', route: 'read', kind: 'api', sampling: 0.1 },
  { name: 'read, hand-written, all traces', route: 'read', kind: 'hand-written', sampling: 1 },
  { name: 'read, this API, all traces', route: 'read', kind: 'api', sampling: 1 },
  { name: 'read, bare Fastify + pg again', route: 'read', kind: 'bare again', sampling: null },
  { name: 'send, hand-written, all traces', route: 'send', kind: 'hand-written', sampling: 1 },
  { name: 'send, this API, all traces', route: 'send', kind: 'api', sampling: 1 },
  { name: 'send, hand-written, all traces, again', route: 'send', kind: 'hand-written again', sampling: 1 },
];

/** This API beside others of its kind, such as one without the part whose worth is in question. */
export function variantsAgainst(folders: readonly string[], sampling: number): Variant[] {
  const routes: readonly Route[] = ['read', 'send', 'sign-in'];
  return routes.flatMap((route): Variant[] => [
    { name: `${route}, here`, route, kind: 'api', sampling },
    ...folders.map(
      (folder): Variant => ({ name: `${route}, ${basename(folder)}`, route, kind: 'other api', sampling, folder }),
    ),
    { name: `${route}, here again`, route, kind: 'api again', sampling },
  ]);
}

export const hasObligations = ({ kind }: Variant): boolean => kind !== 'bare' && kind !== 'bare again';

const API = 'dist/test/specimen/api.js';

function fileOf({ kind, route }: Variant): string {
  if (kind === 'hand-written' || kind === 'hand-written again') return 'bench/servers/hand-written/server.ts';
  if (kind !== 'bare' && kind !== 'bare again') return API;
  return route === 'trivial' ? 'bench/servers/bare.ts' : 'bench/servers/bare-with-postgres.ts';
}

/** By this name the collector knows it. */
export const serviceOf = ({ name }: Variant): string => name.replaceAll(/\W+/g, '-');

export type Running = Readonly<{ variant: Variant; server: ServerUnderTest; question: Question }>;

export type Surroundings = Readonly<{ setting: Setting; cores: Cores; collectorUrl: string; trivialAnswer: string }>;

export async function startVariant(
  variant: Variant,
  { setting, cores, collectorUrl, trivialAnswer }: Surroundings,
): Promise<Running> {
  const telemetry = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
    OTEL_SERVICE_NAME: serviceOf(variant),
    OTEL_TRACES_SAMPLER_ARG: String(variant.sampling),
  };
  const server = await startServer({
    file: fileOf(variant),
    folder: variant.folder ?? ROOT,
    environment: { ...setting.environment, ANSWER: trivialAnswer, ...(hasObligations(variant) ? telemetry : {}) },
    prefix: cores.server,
    request: questionOf(variant.route === 'trivial' ? 'trivial' : 'read', setting),
  });
  return { variant, server, question: questionOf(variant.route, setting) };
}
