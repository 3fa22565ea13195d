import { parseArgs } from 'node:util';
import type { Step } from './outcome.ts';

export type Arguments = Readonly<{
  only: readonly string[];
  patterns: readonly string[];
  /** Whether to name the slowest spec files. */
  timings: boolean;
  /** Whole-system tests alone, on scaled servers. */
  scaled: boolean;
  help: boolean;
}>;

/** @throws an Error that names what is not understood */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      timings: { type: 'boolean', default: false },
      scaled: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const only = values.only.flatMap((names) => names.split(',')).filter((name) => name !== '');
  return { only, patterns: positionals, timings: values.timings, scaled: values.scaled, help: values.help };
}

/**
 * The named steps and, before them, the steps they need; every step when none is named.
 * @throws an Error that names an unknown step
 */
export function selectSteps(steps: readonly Step[], only: readonly string[]): Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const wanted = new Set<Step>();

  const want = (name: string) => {
    const step = byName.get(name);
    if (!step) throw new Error(`There is no step "${name}". Steps: ${[...byName.keys()].join(', ')}.`);
    step.needs.forEach(want);
    wanted.add(step);
  };
  (only.length > 0 ? only : [...byName.keys()]).forEach(want);

  return steps.filter((step) => wanted.has(step));
}

export function helpText(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  return [
    'npm test                                everything',
    'npm test -- --only=lint,unit            these steps and what they need',
    'npm test -- --only=unit libs/features   only spec files whose path contains this',
    'npm test -- --timings                   and names the ten slowest spec files',
    'npm run test:scaled -- test/chaos       whole-system tests on a Redis Cluster, a standby and PgBouncer (docs/scaling.md)',
    '',
    'Steps:',
    ...steps.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`),
  ].join('\n');
}
