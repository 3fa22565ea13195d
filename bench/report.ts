import { cpus, release, totalmem } from 'node:os';
import type { Measured } from './measure.ts';
import type { Kind, Route } from './variants.ts';

type Comparison = Readonly<{ text: string; ratio: number | null; atMost: number; reach: number }>;

const CONTROL_BOUNDS = [0.93, 1.07] as const;
const DATABASE_TARGETS = { atMost: 1.9, reach: 1.5 };
const TRIVIAL_TARGETS = { atMost: 4.0, reach: 3.0 };
const HAND_WRITTEN_TARGETS = { atMost: 1.15, reach: 1.05 };

export function title(cores: string): string {
  return [
    '# What it costs',
    '',
    'Made by `npm run bench`. The numbers to watch are the ratios; times belong to the machine.',
    '',
    ...[...machine(), cores].map((line) => `- ${line}`),
  ].join('\n');
}

export function requestsSection(measured: readonly Measured[], circumstances: readonly string[]): string {
  const lines = [
    '## A request',
    '',
    'Microseconds of CPU that the server process spends per request: user and system time of all its threads, divided by the requests it answered.',
    '',
    ...circumstances.map((line) => `- ${line}`),
    '',
    ...table(measured),
    '',
    ...comparisonsOf(measured),
    '',
    ...OBLIGATIONS,
  ];
  return lines.join('\n');
}

const OBLIGATIONS = [
  '"This API" and "hand-written" do the same for each request: request id, security headers, rate limit in Redis, access token (verified once, then found by its text),',
  'permission, validated parameters, envelope, ETag, one log line, a server span, a span for the statement, duration histograms, compression and load shedding in place.',
  'The hand-written server uses the same libraries without Nest and without anything from `libs/`. The bare ones have no obligations at all. Every answer was compared byte by byte.',
];

function machine(): string[] {
  const [first] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    new Date().toISOString().slice(0, 10),
    `${cpus().length} × ${first?.model.trim()}, ${memory} GB, ${process.platform} ${release()}, Node ${process.versions.node}`,
  ];
}

function table(measured: readonly Measured[]): string[] {
  const rows = measured.map(({ variant, samples }) => {
    const costs = samples.map(({ microseconds }) => microseconds);
    const bare = median(samplesOf(measured, variant.route, 'bare', null));
    const rate = median(samples.map(({ requestsPerSecond }) => requestsPerSecond));
    return [
      variant.name,
      median(costs).toFixed(1),
      `${Math.min(...costs).toFixed(1)} – ${Math.max(...costs).toFixed(1)}`,
      (median(costs) / bare).toFixed(2),
      rate.toFixed(0),
    ];
  });
  return [
    ['variant', 'µs/request', 'range', 'to bare', 'requests/s'],
    ['---', '---:', ':---:', '---:', '---:'],
    ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Whether the machine was quiet: a bare server measured twice must cost the same. */
export function controlsHold(measured: readonly Measured[]): boolean {
  return controlsOf(measured).every(({ ratio }) => isSteady(ratio));
}

/** The targets are meant for everything on, so for fully sampled traces. */
function comparisonsOf(measured: readonly Measured[]): string[] {
  const cost = (route: Route, kind: Kind, sampling: number | null = null) =>
    median(samplesOf(measured, route, kind, sampling));
  const comparisons: Comparison[] = [
    {
      text: 'trivial GET against bare Fastify',
      ratio: cost('trivial', 'api', 1) / cost('trivial', 'bare'),
      ...TRIVIAL_TARGETS,
    },
    {
      text: 'order against bare Fastify + pg',
      ratio: cost('order', 'api', 1) / cost('order', 'bare'),
      ...DATABASE_TARGETS,
    },
    {
      text: 'order against hand-written',
      ratio: cost('order', 'api', 1) / cost('order', 'hand-written', 1),
      ...HAND_WRITTEN_TARGETS,
    },
  ].filter(({ ratio }) => Number.isFinite(ratio));

  return [
    ...comparisons.map(
      ({ text, ratio, atMost, reach }) =>
        `- ${text}, all traces: **${ratio?.toFixed(2)}** (at most ${atMost}, reach ${reach})`,
    ),
    ...controlsOf(measured).map(
      ({ route, ratio }) =>
        `- control, ${route}: bare against itself ${ratio.toFixed(2)}${isSteady(ratio) ? '' : ' — **void**: the machine was not quiet, run it again'}`,
    ),
  ];
}

function controlsOf(measured: readonly Measured[]): { route: Route; ratio: number }[] {
  const cost = (route: Route, kind: Kind) => median(samplesOf(measured, route, kind, null));
  return (['trivial', 'order'] as const)
    .map((route) => ({ route, ratio: cost(route, 'control') / cost(route, 'bare') }))
    .filter(({ ratio }) => Number.isFinite(ratio));
}

const isSteady = (ratio: number): boolean => ratio >= CONTROL_BOUNDS[0] && ratio <= CONTROL_BOUNDS[1];

function samplesOf(measured: readonly Measured[], route: Route, kind: Kind, sampling: number | null): number[] {
  const found = measured.find(
    ({ variant }) => variant.route === route && variant.kind === kind && variant.sampling === sampling,
  );
  return found?.samples.map(({ microseconds }) => microseconds) ?? [];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
