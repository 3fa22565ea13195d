import type { Outcome } from './outcome.ts';

/** Aborts when nothing was heard for as long: tells a step that hangs from one that is slow. */
export function watchForSilence(
  longestMs: number,
): Readonly<{ signal: AbortSignal; heard: () => void; stop: () => void }> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), longestMs);
  return { signal: silence.signal, heard: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

/** The reason comes first, for it explains the rest: what was stopped has no report. */
export function stoppedForSilence(outcome: Outcome, silenceMs: number): Outcome {
  const reason = `Stopped: nothing was heard of it for ${Math.round(silenceMs / 60_000)} minutes.`;
  return { ...outcome, failed: Math.max(1, outcome.failed), output: `${reason}\n${outcome.output}` };
}
