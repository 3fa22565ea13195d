import type { Outcome, Result } from '../outcome.ts';

const MOST_LINES = 200;
const SLOWEST = 10;

export const seconds = (milliseconds: number, digits = 1): string => `${(milliseconds / 1000).toFixed(digits)} s`;

/** `3 passed, 0 failed`, and `, 2 skipped` where any were. */
export function counts({ passed, failed, skipped }: Pick<Outcome, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export function total(results: readonly Result[]): Pick<Outcome, 'passed' | 'failed' | 'skipped'> {
  const sum = (count: 'passed' | 'failed' | 'skipped') => results.reduce((all, { outcome }) => all + outcome[count], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Everything that failed, with its output and the command that runs just that again. Empty when nothing did. */
export function describeFailures(results: readonly Result[], command = 'npm test'): string {
  const failures = results.filter(({ outcome }) => outcome.failed > 0);
  const reruns = failures.map(
    ({ step, outcome }) => `  ${command} -- --only=${[step.name, ...(outcome.failedFiles ?? [])].join(' ')}`,
  );
  if (failures.length === 0) return '';

  const outputs = failures.map(
    ({ step, outcome }) => `─── ${step.name}: ${step.title}\n${shorten(outcome.output.trim())}\n`,
  );
  return [...outputs, 'To run what failed again:', ...reruns].join('\n');
}

/** The spec files that took longest, each with its step: where time can be won. */
export function describeSlowest(results: readonly Result[]): string {
  const files = results.flatMap(({ step, outcome }) => (outcome.files ?? []).map((file) => ({ ...file, step })));
  const slowest = files.toSorted((one, other) => other.milliseconds - one.milliseconds).slice(0, SLOWEST);
  const lines = slowest.map(
    ({ name, milliseconds, step }) => `${seconds(milliseconds).padStart(8)}  ${step.name.padEnd(12)} ${name}`,
  );
  return ['The slowest spec files:', ...lines].join('\n');
}

function shorten(output: string): string {
  const lines = output.split('\n');
  if (lines.length <= MOST_LINES) return output;
  return [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines`].join('\n');
}
