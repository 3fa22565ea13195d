import { failed, type Outcome, type Result, type Step, type StepContext } from './outcome.ts';
import { stoppedForSilence, watchForSilence } from './silence.ts';

type Events = Readonly<{
  started: (step: Step) => void;
  progress: (step: Step, text: string) => void;
  finished: (result: Result) => void;
}>;

/** A step that hangs fails, so that the others are still heard of. One that gets on, however slowly, may take its time. */
const LONGEST_SILENCE_MS = 10 * 60_000;

export type Schedule = Readonly<{
  steps: readonly Step[];
  slots: number;
  patterns: readonly string[];
  signal: AbortSignal;
  events: Events;
  longestSilenceMs?: number;
}>;

/**
 * Runs every step once what it needs is there, up to `slots` at a time, in the order of the list where that leaves a choice.
 * A wide step does not wait for the last of the others, which leaves cores idle; nothing begins beside it.
 * A failure stops nothing but the steps that need it.
 */
export async function runSteps({
  steps,
  slots,
  patterns,
  signal,
  events,
  longestSilenceMs = LONGEST_SILENCE_MS,
}: Schedule): Promise<Result[]> {
  const waiting = [...steps];
  const running = new Map<Step, Promise<void>>();
  const results = new Map<string, Result>();

  const start = (step: Step) => {
    waiting.splice(waiting.indexOf(step), 1);
    events.started(step);
    const watch = watchForSilence(longestSilenceMs);
    const progress = (text: string) => {
      watch.heard();
      events.progress(step, text);
    };
    const context = { patterns, signal: AbortSignal.any([signal, watch.signal]), progress };
    const work = time(step, context, brokenNeed(step, results)).then((timed) => {
      watch.stop();
      const result = watch.signal.aborted
        ? { ...timed, outcome: stoppedForSilence(timed.outcome, longestSilenceMs) }
        : timed;
      running.delete(step);
      results.set(step.name, result);
      events.finished(result);
    });
    running.set(step, work);
  };

  while (waiting.length + running.size > 0) {
    const next = waiting.find((step) => isReady(step, results) && hasRoom(step, [...running.keys()], slots));
    if (next) start(next);
    else if (running.size > 0) await Promise.race(running.values());
    else throw new Error(`These steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
  }
  return steps.flatMap(({ name }) => results.get(name) ?? []);
}

const isReady = (step: Step, results: ReadonlyMap<string, Result>): boolean =>
  step.needs.every((name) => results.has(name));

function hasRoom(step: Step, running: readonly Step[], slots: number): boolean {
  if (running.some(({ wide }) => wide)) return false;
  return step.wide ? running.length <= 1 : running.length < slots;
}

function brokenNeed(step: Step, results: ReadonlyMap<string, Result>): string | undefined {
  return step.needs.find((name) => results.get(name)?.outcome.failed !== 0);
}

async function time(step: Step, context: StepContext, broken: string | undefined): Promise<Result> {
  const begin = performance.now();
  const outcome = broken === undefined ? await runSafely(step, context) : failed(`not run, because "${broken}" failed`);
  return { step, outcome, milliseconds: performance.now() - begin };
}

async function runSafely(step: Step, context: StepContext): Promise<Outcome> {
  try {
    return await step.run(context);
  } catch (error) {
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
