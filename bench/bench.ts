// npm run bench: what a request costs, side by side. Never part of a test: a figure is no verdict on a machine we do not know.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { step } from '../tools/local/progress.ts';
import { Companion } from './companion.ts';
import { separateCores } from './cores.ts';
import { bodyOf, type Measured, measure } from './measure.ts';
import { type Options, readOptions } from './options.ts';
import { controlsHold, requestsSection, title } from './report.ts';
import { createSetting } from './setting.ts';
import { measureSignIn, measureVerification } from './sign-in.ts';
import { signInSection } from './sign-in-report.ts';
import { hasObligations, type Route, type Running, type Surroundings, startVariant, VARIANTS } from './variants.ts';

/** Servers send what is left of their spans after two seconds. */
const LAST_SPANS_MILLISECONDS = 3_000;
const RESULTS = fileURLToPath(new URL('results.md', import.meta.url));

const options = readOptions(process.argv.slice(2));
if (options) await bench(options);

async function bench(options: Options): Promise<void> {
  const cores = separateCores();
  const setting = await step(
    'servers',
    createSetting,
    () => 'Postgres and Redis are up, one user with one order is in',
  );
  const collector = new Companion('collector');
  const running: Running[] = [];
  try {
    const { url: collectorUrl } = await collector.answer<{ url: string }>();
    const parts = [title(cores.description)];
    let isRecordable = true;
    if (options.only === null || options.only === 'sign-in') {
      const rounds = await measureSignIn({ setting, cores }, options.rounds, showProgress);
      parts.push(signInSection(rounds, await measureVerification({ setting, cores })));
    }
    if (options.only !== 'sign-in') {
      const { section, isSteady } = await measureRequests(
        running,
        options,
        { setting, cores, collectorUrl },
        collector,
      );
      parts.splice(1, 0, section);
      isRecordable = isSteady;
    }
    const text = `${parts.join('\n\n')}\n`;
    console.log(`\n${text}`);
    if (options.writesResults && isRecordable) writeFileSync(RESULTS, text);
    else if (options.writesResults)
      console.log('Not recorded: a control is void. Run it again when the machine is quiet.');
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
    collector.stop();
    await setting.stop();
  }
}

async function measureRequests(
  running: Running[],
  options: Options,
  surroundings: Omit<Surroundings, 'trivialAnswer'>,
  collector: Companion,
): Promise<{ section: string; isSteady: boolean }> {
  const { only } = options;
  await step(
    'variants',
    () => startAll(running, only === 'sign-in' ? null : only, surroundings),
    () => `${running.length} servers are up`,
  );
  const measured = await measure(running, options, showProgress);
  await delay(LAST_SPANS_MILLISECONDS);
  const spans = await collector.ask<Record<string, number>>({});
  return {
    section: requestsSection(measured, [describeLoad(options), describeSpans(measured, running, spans)]),
    isSteady: controlsHold(measured),
  };
}

/** The API first: the bare server of the trivial route repeats its answer. */
async function startAll(
  running: Running[],
  route: Route | null,
  surroundings: Omit<Surroundings, 'trivialAnswer'>,
): Promise<void> {
  let trivialAnswer = '{}';
  const chosen = VARIANTS.filter((variant) => route === null || variant.route === route);
  const inOrder = chosen.toSorted((a, b) => Number(hasObligations(b)) - Number(hasObligations(a)));
  for (const variant of inOrder) {
    const one = await startVariant(variant, { ...surroundings, trivialAnswer });
    running.push(one);
    if (variant.route === 'trivial' && variant.kind === 'api') trivialAnswer = await bodyOf(one);
  }
  running.sort((a, b) => VARIANTS.indexOf(a.variant) - VARIANTS.indexOf(b.variant));
}

function showProgress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K  ${text}`);
  else console.log(`  ${text}`);
}

function describeLoad({ rounds, secondsPerVisit, connections }: Options): string {
  return `${connections} connections, ${rounds} rounds of two visits to each variant, ${secondsPerVisit} s a visit, medians`;
}

/** Proves that nothing was saved by losing spans. */
function describeSpans(
  measured: readonly Measured[],
  running: readonly Running[],
  spans: Readonly<Record<string, number>>,
): string {
  const shares = running.flatMap(({ variant, service }, index) => {
    if (variant.sampling !== 1) return [];
    return [`${((spans[service] ?? 0) / (measured[index]?.requests ?? NaN)).toFixed(2)} (${variant.name})`];
  });
  return `spans received per request: ${shares.join(', ')}`;
}
