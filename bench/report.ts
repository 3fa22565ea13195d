import { cpus, release, totalmem } from 'node:os';
import type { Measured } from './measure/measure.ts';
import { type Estimate, median, ratioOf } from './measure/statistics.ts';
import type { Route } from './routes.ts';
import type { RoundTrips } from './send/round-trips.ts';
import type { Kind } from './variants.ts';

type Comparison = Readonly<{ text: string; ratio: Estimate | null; atMost: number; reach: number }>;

const CONTROL_BOUNDS = [0.97, 1.03] as const;
const DATABASE_TARGETS = { atMost: 1.9, reach: 1.5 };
const TRIVIAL_TARGETS = { atMost: 4.0, reach: 3.0 };
const HAND_WRITTEN_TARGETS = { atMost: 1.15, reach: 1.05 };
const SEND_TARGETS = { atMost: 1.2, reach: 1.0 };

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
    `- ${HOW_SURE}`,
    '',
    ...table(measured),
    '',
    ...comparisonsOf(measured),
    '',
    ...OBLIGATIONS,
  ];
  return lines.join('\n');
}

const HOW_SURE =
  'a ratio is that of visits side by side, the median of a round, and of all rounds; in brackets the lowest and the highest round';

const OBLIGATIONS = [
  '"This API" and "hand-written" do the same for each request: request id, security headers, rate limit in Redis, access token (verified once, then found by its text),',
  'permission, validated parameters, envelope, ETag, one log line, a server span, a span for the statement, duration histograms, compression and load shedding in place.',
  'The hand-written server uses the same libraries without Nest and without anything from `libs/`. The bare ones have no obligations at all. Every answer that repeats was compared byte by byte.',
  'Sending writes the parcel, two jobs, an audit event and the answer under its idempotency key, in one transaction.',
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
  const rows = measured.map(({ variant, samples }) => [
    variant.name,
    ...costsOf(samples),
    shown(ratioBetween(measured, variant, { kind: 'bare', sampling: null })),
    median(samples.map(({ requestsPerSecond }) => requestsPerSecond)).toFixed(0),
  ]);
  return markdownTable(
    ['variant', 'µs/request', 'range', 'to bare', 'requests/s'],
    ['---', '---:', ':---:', '---:', '---:'],
    rows,
  );
}

export function roundTripsSection(roundTrips: readonly RoundTrips[]): string {
  return [
    '## Round trips to Postgres for a parcel sent',
    '',
    ...roundTrips.map(({ name, each }) => `- ${name}: ${each.toFixed(2)}`),
  ].join('\n');
}

/** This API against those that were built elsewhere. */
export function againstSection(measured: readonly Measured[], circumstances: readonly string[]): string {
  const rows = measured.map(({ variant, samples }) => [
    variant.name,
    ...costsOf(samples),
    shown(ratioBetween(measured, variant, { kind: 'api', sampling: variant.sampling })),
  ]);
  return [
    '## Side by side',
    '',
    ...[...circumstances, HOW_SURE].map((line) => `- ${line}`),
    '',
    ...markdownTable(['variant', 'µs/request', 'range', 'to here'], ['---', '---:', ':---:', '---:'], rows),
    '',
    'Whatever is nearer to 1 than "here again", which is the same code, cannot be told from noise.',
  ].join('\n');
}

function markdownTable(...rows: readonly [string[], string[], string[][]]): string[] {
  const [titles, alignment, cells] = rows;
  return [titles, alignment, ...cells].map((row) => `| ${row.join(' | ')} |`);
}

function costsOf(samples: Measured['samples']): [string, string] {
  const costs = samples.map((sample) => median(sample.costs));
  return [median(costs).toFixed(1), `${Math.min(...costs).toFixed(1)} – ${Math.max(...costs).toFixed(1)}`];
}

const shown = (ratio: Estimate | null): string =>
  ratio === null ? '' : `${ratio.value.toFixed(2)} [${ratio.low.toFixed(2)} – ${ratio.high.toFixed(2)}]`;

/** Whether the machine was quiet enough: the same server measured twice must cost the same. */
export function controlsHold(measured: readonly Measured[]): boolean {
  return controlsOf(measured).every(({ ratio }) => isSteady(ratio));
}

/** The targets are meant for everything on, so for fully sampled traces. */
function comparisonsOf(measured: readonly Measured[]): string[] {
  const apiAgainst = (route: Route, kind: Kind, sampling: number | null) =>
    ratioBetween(measured, { route, kind: 'api', sampling: 1 }, { kind, sampling });
  const comparisons: Comparison[] = [
    { text: 'trivial GET against bare Fastify', ratio: apiAgainst('trivial', 'bare', null), ...TRIVIAL_TARGETS },
    { text: 'read against bare Fastify + pg', ratio: apiAgainst('read', 'bare', null), ...DATABASE_TARGETS },
    { text: 'read against hand-written', ratio: apiAgainst('read', 'hand-written', 1), ...HAND_WRITTEN_TARGETS },
    { text: 'send against hand-written', ratio: apiAgainst('send', 'hand-written', 1), ...SEND_TARGETS },
  ];
  return [
    ...comparisons
      .filter(({ ratio }) => ratio !== null)
      .map(
        ({ text, ratio, atMost, reach }) =>
          `- ${text}, all traces: **${shown(ratio)}** (at most ${atMost}, reach ${reach})`,
      ),
    ...controlsOf(measured).map(
      ({ route, kind, ratio }) =>
        `- control, ${route}: ${kind} against itself ${shown(ratio)}${isSteady(ratio) ? '' : ' — **void**: the machine was not quiet, run it again'}`,
    ),
  ];
}

function controlsOf(measured: readonly Measured[]): { route: Route; kind: Kind; ratio: Estimate }[] {
  return measured.flatMap(({ variant }) => {
    const kind = ONCE[variant.kind];
    if (kind === undefined) return [];
    const ratio = ratioBetween(measured, variant, { kind, sampling: variant.sampling });
    return ratio === null ? [] : [{ route: variant.route, kind, ratio }];
  });
}

/** What is measured again, and under which name it was measured first. */
const ONCE: Partial<Record<Kind, Kind>> = { 'bare again': 'bare', 'hand-written again': 'hand-written' };

const isSteady = ({ value }: Estimate): boolean => value >= CONTROL_BOUNDS[0] && value <= CONTROL_BOUNDS[1];

type Wanted = Readonly<{ route: Route; kind: Kind; sampling: number | null; name?: string }>;

/** Null when one of the two was not measured. */
function ratioBetween(
  measured: readonly Measured[],
  wanted: Wanted,
  reference: Pick<Wanted, 'kind' | 'sampling'>,
): Estimate | null {
  const samples = samplesOf(measured, wanted);
  const references = samplesOf(measured, { ...reference, route: wanted.route });
  if (!samples || !references) return null;
  return ratioOf(samples.map(({ costs }, round) => ({ costs, references: references[round]?.costs ?? [] })));
}

function samplesOf(measured: readonly Measured[], wanted: Wanted): Measured['samples'] | undefined {
  return measured.find(
    ({ variant }) =>
      variant.route === wanted.route &&
      variant.kind === wanted.kind &&
      variant.sampling === wanted.sampling &&
      (wanted.name === undefined || variant.name === wanted.name),
  )?.samples;
}
