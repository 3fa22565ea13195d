import { availableParallelism } from 'node:os';
import { scaledEnvironment } from '../databases/scaled-run.ts';
import { missingPrograms } from '../databases/scaled-servers.ts';
import { settleEnvironment } from '../servers/shell-environment.ts';
import { type Arguments, helpText, readArguments, selectSteps } from './arguments.ts';
import type { Step } from './outcome.ts';
import { Progress } from './report/progress.ts';
import { counts, describeFailures, describeSlowest, seconds, total } from './report/summary.ts';
import { runSteps } from './schedule.ts';
import { scaledSteps, whatIsLeftOut } from './steps/scaled-steps.ts';
import { STEPS } from './steps/steps.ts';

async function main(argv: readonly string[]): Promise<number> {
  const { help, scaled, ...selection } = readArguments(argv);
  if (help) {
    console.log(scaled ? `${helpText(scaledSteps(STEPS))}\n\n${whatIsLeftOut()}` : helpText(STEPS));
    return 0;
  }
  if (!scaled) return runAll('npm test', STEPS, selection);

  const missing = await missingPrograms();
  if (missing.length > 0) throw new Error(`Nothing was tested: this machine has no ${missing.join(', and no ')}.`);
  Object.assign(process.env, scaledEnvironment);
  return runAll('npm run test:scaled', scaledSteps(STEPS), selection);
}

type Selection = Omit<Arguments, 'help' | 'scaled'>;

async function runAll(command: string, all: readonly Step[], { only, patterns, timings }: Selection): Promise<number> {
  const begin = performance.now();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

  const progress = new Progress(process.stdout);
  const results = await runSteps({
    steps: selectSteps(all, only),
    slots: Math.max(2, availableParallelism()),
    patterns,
    signal: interrupted.signal,
    events: progress,
  });
  progress.stop();

  const sum = total(results);
  const failures = describeFailures(results, command);
  if (failures) console.log(`\n${failures}`);
  if (timings) console.log(`\n${describeSlowest(results)}`);
  console.log(`\n${seconds(performance.now() - begin)} in all`);
  console.log(counts(sum));
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

settleEnvironment(process.env);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
