import { setTimeout as delay } from 'node:timers/promises';
import { Companion } from './companion.ts';
import { cpuTimeOf } from './cpu-time.ts';
import type { LoadRequest, LoadResult } from './load.ts';
import type { Options } from './options.ts';
import { hasObligations, type Route, type Running, type Variant } from './variants.ts';

export type Sample = Readonly<{ requests: number; microseconds: number; requestsPerSecond: number }>;
/** `requests` counts the warm-up too. */
export type Measured = Readonly<{ variant: Variant; samples: readonly Sample[]; requests: number }>;

/** Until V8 has optimised what it will optimise: our own variants have more code than the bare ones. */
const WARM_UP_SECONDS = 6;
/** Longer than anything that is buffered in a server: its spans and log lines of one visit are paid for in that visit. */
const SETTLE_MILLISECONDS = 200;

export async function bodyOf({ variant, server, path, headers }: Running): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`"${variant.name}" answers ${response.status}:\n${body}`);
  return body;
}

/** Byte by byte the same on one route: variants do the same work or they are not compared. */
async function commonBodies(running: readonly Running[]): Promise<ReadonlyMap<Route, string>> {
  const bodies = new Map<Route, string>();
  for (const one of running) {
    const body = await bodyOf(one);
    const expected = bodies.get(one.variant.route) ?? body;
    if (body !== expected) throw new Error(`"${one.variant.name}" answers with\n${body}\ninstead of\n${expected}`);
    bodies.set(one.variant.route, body);
  }
  return bodies;
}

/** Visits the variants there and back (ABBA), so that a machine that slowly gets faster or slower favours none of them. */
export async function measure(
  running: readonly Running[],
  options: Options,
  say: (progress: string) => void,
): Promise<Measured[]> {
  const bodies = await commonBodies(running);
  const load = new Companion('load');
  const samples = new Map<Running, Sample[]>(running.map((one) => [one, []]));
  const visit = (one: Running, seconds: number) =>
    visitServer(load, one, bodies.get(one.variant.route) ?? '', { ...options, seconds });

  const warmUps = new Map<Running, number>();
  for (const one of running) {
    say(`warming up: ${one.variant.name}`);
    warmUps.set(one, (await visit(one, WARM_UP_SECONDS)).requests);
  }
  const route = [...running, ...running.toReversed()];
  for (let round = 1; round <= options.rounds; round++) {
    for (const [index, one] of route.entries()) {
      say(`round ${round} of ${options.rounds}, ${index + 1}/${route.length}: ${one.variant.name}`);
      samples.get(one)?.push(await visit(one, options.secondsPerVisit));
    }
  }
  load.stop();
  return running.map((one) => {
    const taken = samples.get(one) ?? [];
    return {
      variant: one.variant,
      samples: taken,
      requests: taken.reduce((sum, { requests }) => sum + requests, warmUps.get(one) ?? 0),
    };
  });
}

async function visitServer(
  load: Companion,
  { variant, server, path, headers }: Running,
  body: string,
  { connections, seconds }: Pick<LoadRequest, 'connections' | 'seconds'>,
): Promise<Sample> {
  const before = { cpu: cpuTimeOf(server.pid), lines: server.lines() };
  const request: LoadRequest = { port: server.port, path, headers, body, connections, seconds };
  const result = await load.ask<LoadResult>(request);
  await delay(SETTLE_MILLISECONDS);
  const cpu = cpuTimeOf(server.pid) - before.cpu;

  if (result.failures > 0)
    throw new Error(
      `"${variant.name}" gave ${result.failures} wrong answers of ${result.requests}, the first one:\n${result.firstFailure}`,
    );
  const lines = server.lines() - before.lines;
  if (hasObligations(variant) && lines < result.requests)
    throw new Error(`"${variant.name}" wrote ${lines} log lines for ${result.requests} requests.`);
  return {
    requests: result.requests,
    microseconds: cpu / result.requests,
    requestsPerSecond: result.requests / seconds,
  };
}
