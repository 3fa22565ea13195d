// npm run bench: what a request costs, side by side. Never part of a test: a figure is no verdict on a machine we do not know.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { step } from '../tools/local/progress.ts';
import type { CacheLoad, CacheResult } from './cache/cache.ts';
import { cacheSection } from './cache/cache-report.ts';
import { Companion } from './companion.ts';
import { benchmarkOf, MEASURED_FEATURES } from './feature-benchmarks.ts';
import { measureJobs } from './jobs/jobs.ts';
import { jobsSection } from './jobs/jobs-report.ts';
import { separateCores } from './measure/cores.ts';
import { bodyOf, type Measured, measureRound } from './measure/measure.ts';
import { type Options, readOptions } from './options.ts';
import { againstSection, controlsHold, requestsSection, roundTripsSection, title } from './report.ts';
import { measureRoundTrips } from './send/round-trips.ts';
import { createSetting } from './setting.ts';
import { measureSignIn, measureVerification } from './sign-in/sign-in.ts';
import { signInSection } from './sign-in/sign-in-report.ts';
import {
  hasObligations,
  type Running,
  type Surroundings,
  serviceOf,
  startVariant,
  VARIANTS,
  type Variant,
  variantsAgainst,
} from './variants.ts';

/** Parts that are measured without the servers that are compared with each other. */
const OWN_SECTIONS: readonly string[] = ['sign-ins', 'cache', 'jobs', ...MEASURED_FEATURES];
const SIGN_IN_ROUNDS = 5;
/** As in production: few requests are traced. */
const SAMPLING_AGAINST = 0.1;
const RESULTS = fileURLToPath(new URL('results.md', import.meta.url));

const options = readOptions(process.argv.slice(2));
if (options) await bench(options);

async function bench(options: Options): Promise<void> {
  const cores = separateCores();
  const setting = await step(
    'servers',
    createSetting,
    () => 'Postgres and Redis are up, one user with one parcel is in',
  );
  const collector = new Companion('collector');
  try {
    const { url: collectorUrl } = await collector.answer<{ url: string }>();
    const parts = [title(cores.description), ...(await ownSections(options, { setting, cores }))];
    let isRecordable = true;
    if (options.only === null || !OWN_SECTIONS.includes(options.only)) {
      const { section, isSteady } = await measureRequests(options, { setting, cores, collectorUrl }, collector);
      parts.splice(1, 0, section);
      isRecordable = isSteady;
    }
    const text = `${parts.join('\n\n')}\n`;
    console.log(`\n${text}`);
    if (options.writesResults && isRecordable) writeFileSync(RESULTS, text);
    else if (options.writesResults)
      console.log('Not recorded: a control is void. Run it again when the machine is quiet.');
  } finally {
    collector.stop();
    await setting.stop();
  }
}

async function measureRequests(
  options: Options,
  surroundings: Omit<Surroundings, 'trivialAnswer'>,
  collector: Companion,
): Promise<{ section: string; isSteady: boolean }> {
  const { only, against } = options;
  const all = against.length > 0 ? variantsAgainst(against, SAMPLING_AGAINST) : VARIANTS;
  const variants = all.filter(({ route }) => only === null || route === only);
  const measured: Measured[] = variants.map((variant) => ({ variant, samples: [] }));
  for (let round = 1; round <= options.rounds; round++) {
    const running: Running[] = [];
    try {
      await step(
        `round ${round} of ${options.rounds}`,
        () => startAll(running, variants, surroundings),
        () => `${running.length} servers are up`,
      );
      const samples = await measureRound(running, options, showProgress);
      samples.forEach((sample, index) => measured[index]?.samples.push(sample));
    } finally {
      await Promise.all(running.map(({ server }) => server.stop()));
    }
  }
  if (against.length > 0) return { section: againstSection(measured, [describeLoad(options)]), isSteady: true };
  const spans = await collector.ask<Record<string, number>>({});
  const sections = [requestsSection(measured, [describeLoad(options), describeSpans(measured, spans)])];
  if (only === null || only === 'send') sections.push(roundTripsSection(await measureRoundTrips(surroundings)));
  return { section: sections.join('\n\n'), isSteady: controlsHold(measured) };
}

type Place = Omit<Surroundings, 'trivialAnswer' | 'collectorUrl'>;

/** What is measured without the servers that are compared with each other. */
async function ownSections({ only, against }: Options, place: Place): Promise<string[]> {
  const isWanted = (part: string) => against.length === 0 && (only === null || only === part);
  const sections = [];
  if (isWanted('sign-ins')) {
    const rounds = await measureSignIn(place, SIGN_IN_ROUNDS, showProgress);
    sections.push(signInSection(rounds, await measureVerification(place)));
  }
  if (isWanted('cache')) sections.push(cacheSection(await measureCache(place)));
  if (isWanted('jobs')) sections.push(jobsSection(await measureJobs(place.setting, showProgress)));
  for (const feature of MEASURED_FEATURES.filter(isWanted))
    sections.push(await (await benchmarkOf(feature))(place.setting, showProgress));
  return sections;
}

async function measureCache({ setting, cores }: Place): Promise<CacheResult> {
  const cache = new Companion('cache/cache', cores.server);
  try {
    return await cache.ask<CacheResult>({ environment: setting.environment } satisfies CacheLoad);
  } finally {
    cache.stop();
  }
}

/** The API first: the bare server of the trivial route repeats its answer. */
async function startAll(
  running: Running[],
  variants: readonly Variant[],
  surroundings: Omit<Surroundings, 'trivialAnswer'>,
): Promise<void> {
  let trivialAnswer = '{}';
  const inOrder = variants.toSorted((a, b) => Number(hasObligations(b)) - Number(hasObligations(a)));
  for (const variant of inOrder) {
    const one = await startVariant(variant, { ...surroundings, trivialAnswer });
    running.push(one);
    if (variant.route === 'trivial' && variant.kind === 'api') trivialAnswer = await bodyOf(one);
  }
  running.sort((a, b) => variants.indexOf(a.variant) - variants.indexOf(b.variant));
}

function showProgress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K  ${text}`);
  else console.log(`  ${text}`);
}

function describeLoad({ rounds, turns, secondsPerVisit, connections }: Options): string {
  return `${connections} connections, ${rounds} rounds with new servers, in each ${turns} visits of ${secondsPerVisit} s to each`;
}

/** Proves that nothing was saved by losing spans. */
function describeSpans(measured: readonly Measured[], spans: Readonly<Record<string, number>>): string {
  const shares = measured.flatMap(({ variant, samples }) => {
    if (variant.sampling !== 1) return [];
    const requests = samples.reduce((sum, sample) => sum + sample.requests, 0);
    return [`${((spans[serviceOf(variant)] ?? 0) / requests).toFixed(2)} (${variant.name})`];
  });
  return `spans received per request: ${shares.join(', ')}`;
}
