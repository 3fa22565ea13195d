import { availableParallelism } from 'node:os';
import { settleEnvironment } from '../servers/shell-environment.ts';
import { type Arguments, helpText, readArguments, selectSteps } from './arguments.ts';
import { Progress } from './report/progress.ts';
import { counts, describeFailures, describeSlowest, seconds, total } from './report/summary.ts';
import { runSteps } from './schedule.ts';
import { STEPS } from './steps.ts';

async function main(argv: readonly string[]): Promise<number> {
  const { help, ...rest } = readArguments(argv);
  if (help) {
    console.log(helpText(STEPS));
    return 0;
  }
  return runAll(rest);
}

async function runAll({ only, patterns, timings }: Omit<Arguments, 'help'>): Promise<number> {
  const begin = performance.now();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

  const progress = new Progress(process.stdout);
  const results = await runSteps({
    steps: selectSteps(STEPS, only),
    slots: Math.max(2, availableParallelism()),
    patterns,
    signal: interrupted.signal,
    events: progress,
  });
  progress.stop();

  const sum = total(results);
  const failures = describeFailures(results);
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
