import { setTimeout as delay } from 'node:timers/promises';
import { Companion } from '../companion.ts';
import type { LoadRequest, LoadResult } from '../load.ts';
import type { Options } from '../options.ts';
import type { Route } from '../routes.ts';
import { hasObligations, type Running, type Variant } from '../variants.ts';
import { cpuTimeOf } from './cpu-time.ts';

type Visit = Readonly<{ requests: number; microseconds: number; seconds: number }>;
/** What one server did in one round: what a request cost in each visit, in the order of the visits. `requests` counts the warm-up too. */
export type Sample = Readonly<{ costs: readonly number[]; requests: number; requestsPerSecond: number }>;
/** One sample per round, in the order of the rounds. */
export type Measured = Readonly<{ variant: Variant; samples: Sample[] }>;

/** Until V8 has optimised what it will optimise: our own variants have more code than the bare ones. */
const WARM_UP = { turns: 8, seconds: 0.5 };
/** Longer than log lines and spans are kept before they are sent. */
const SETTLE_MILLISECONDS = 2_500;
/** Between the answer's last byte and the end of what the server does for it. */
const PAUSE_MILLISECONDS = 2;

export async function bodyOf({ variant, server, question }: Running): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${question.path}`, { headers: question.headers });
  const body = await response.text();
  if (response.status !== question.status) throw new Error(`"${variant.name}" answers ${response.status}:\n${body}`);
  return body;
}

/** Byte by byte the same on one route: variants do the same work or they are not compared. */
async function commonBodies(running: readonly Running[]): Promise<ReadonlyMap<Route, string>> {
  const bodies = new Map<Route, string>();
  for (const one of running) {
    if (!one.question.isRepeatable) continue;
    const body = await bodyOf(one);
    const expected = bodies.get(one.variant.route) ?? body;
    if (body !== expected) throw new Error(`"${one.variant.name}" answers with\n${body}\ninstead of\n${expected}`);
    bodies.set(one.variant.route, body);
  }
  return bodies;
}

/**
 * One round, on servers that were started for it. A machine that others use as well is fast now and slow in a second, so the visits
 * are short, and there and back. Of two processes of the same code one may cost 5 % more for as long as it lives:
 * how V8 and the memory fell into place. So several rounds with new processes tell what one with many visits cannot.
 */
export async function measureRound(
  running: readonly Running[],
  options: Options,
  say: (progress: string) => void,
): Promise<Sample[]> {
  const load = new Companion('load');
  try {
    const bodies = await commonBodies(running);
    const visit = (one: Running, seconds: number) =>
      visitServer(load, one, bodies.get(one.variant.route) ?? null, { ...options, seconds });
    const meters = running.map((one) => new Meter(one));
    // In turns as well: who was warm first has had the longest time to cool down.
    for (let turn = 0; turn < WARM_UP.turns; turn++) {
      say(`warming up: turn ${turn + 1} of ${WARM_UP.turns}`);
      for (const meter of orderOf(meters, turn)) meter.warmUp(await visit(meter.one, WARM_UP.seconds));
    }
    await delay(SETTLE_MILLISECONDS);
    meters.forEach((meter) => meter.rest());
    await delay(SETTLE_MILLISECONDS);
    meters.forEach((meter) => meter.start(SETTLE_MILLISECONDS));
    for (let turn = 0; turn < options.turns; turn++) {
      say(`visiting: turn ${turn + 1} of ${options.turns}`);
      for (const meter of orderOf(meters, turn))
        meter.add(await visit(meter.one, meter.one.question.seconds ?? options.secondsPerVisit));
    }
    await delay(SETTLE_MILLISECONDS);
    return meters.map((meter) => meter.read());
  } finally {
    load.stop();
  }
}

/** There and back, each time from another one: who comes twice in a row, as the last of one turn and the first of the next, has warm caches. */
export function orderOf<T>(all: readonly T[], turn: number): T[] {
  const first = Math.floor(turn / 2) % all.length;
  const there = [...all.slice(first), ...all.slice(0, first)];
  return turn % 2 === 0 ? there : there.toReversed();
}

/** Adds up what a server spends in its visits, and what it does for them later: most spans are sent while others are visited. */
class Meter {
  readonly one: Running;
  private readonly visits: Visit[] = [];
  private readonly lines: number;
  private before = 0;
  private startedAt = 0;
  private warmUpRequests = 0;
  private idlePerMillisecond = 0;

  constructor(one: Running) {
    this.one = one;
    this.lines = one.server.lines();
  }

  warmUp({ requests }: Visit): void {
    this.warmUpRequests += requests;
  }

  /** It has nothing to do from now on. */
  rest(): void {
    this.before = cpuTimeOf(this.one.server.pid);
  }

  /** After it had nothing to do for so many milliseconds, which says what it costs to be there. */
  start(idleMilliseconds: number): void {
    const now = cpuTimeOf(this.one.server.pid);
    this.idlePerMillisecond = (now - this.before) / idleMilliseconds;
    this.before = now;
    this.startedAt = performance.now();
  }

  add(visit: Visit): void {
    this.visits.push(visit);
  }

  read(): Sample {
    const total = (value: (visit: Visit) => number) => this.visits.reduce((sum, visit) => sum + value(visit), 0);
    const requests = total((visit) => visit.requests);
    const seconds = total((visit) => visit.seconds);
    const idle = (performance.now() - this.startedAt - seconds * 1_000) * this.idlePerMillisecond;
    const spent = cpuTimeOf(this.one.server.pid) - this.before;
    const laterPerRequest = Math.max(0, spent - total(({ microseconds }) => microseconds) - idle) / requests;
    this.requireLines(requests + this.warmUpRequests);
    return {
      costs: this.visits.map((visit) => visit.microseconds / visit.requests + laterPerRequest),
      requests: requests + this.warmUpRequests,
      requestsPerSecond: requests / seconds,
    };
  }

  private requireLines(requests: number): void {
    const lines = this.one.server.lines() - this.lines;
    if (hasObligations(this.one.variant) && lines < requests)
      throw new Error(`"${this.one.variant.name}" wrote ${lines} log lines for ${requests} requests.`);
  }
}

async function visitServer(
  load: Companion,
  { variant, server, question }: Running,
  body: string | null,
  { connections, seconds }: Pick<LoadRequest, 'connections' | 'seconds'>,
): Promise<Visit> {
  const { method, path, headers, bodies, hasKeys, status } = question;
  const before = cpuTimeOf(server.pid);
  const result = await load.ask<LoadResult>({
    port: server.port,
    method,
    path,
    headers,
    bodies,
    hasKeys,
    expected: { status, body },
    connections: question.connections ?? connections,
    seconds,
  } satisfies LoadRequest);
  await delay(PAUSE_MILLISECONDS);
  const microseconds = cpuTimeOf(server.pid) - before;

  if (result.failures > 0)
    throw new Error(
      `"${variant.name}" gave ${result.failures} wrong answers of ${result.requests}, the first one:\n${result.firstFailure}`,
    );
  return { requests: result.requests, microseconds, seconds: result.seconds };
}
