import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export type Failure = Readonly<{
  /** Of the test; of a block whose hook failed; empty when the file could not be loaded. */
  title: string;
  reasons: readonly string[];
}>;

export type TestFile = Readonly<{
  path: string;
  /** With its hooks, loading included. */
  milliseconds: number;
  passed: number;
  failed: number;
  skipped: number;
  failures: readonly Failure[];
}>;

export type Report = Readonly<{ files: readonly TestFile[] }>;

/** Names the file that the report is written to. */
export const REPORT_FILE = 'VITEST_REPORT_FILE';

/** Beside Vitest's own: its JSON says nothing of a failed hook, nor how long one took. */
export default class StepReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const report: Report = { files: modules.map(describeFile) };
    writeFileSync(process.env[REPORT_FILE] ?? '', JSON.stringify(report));
  }
}

function describeFile(module: TestModule): TestFile {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const count = (state: string) => states.filter((each) => each === state).length;
  return {
    path: module.moduleId,
    milliseconds: Math.round(setupDuration + collectDuration + duration),
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: failuresIn(module),
  };
}

function failuresIn(module: TestModule): Failure[] {
  const blocks = [...module.children.allSuites()].map((suite) => ({
    title: suite.fullName,
    errors: suite.errors(),
  }));
  const tests = [...module.children.allTests()].map((test) => ({
    title: test.fullName,
    errors: test.result().errors ?? [],
  }));
  return [{ title: '', errors: module.errors() }, ...blocks, ...tests]
    .filter(({ errors }) => errors.length > 0)
    .map(({ title, errors }) => ({ title, reasons: errors.map(reasonOf) }));
}

/** With what was expected beside what came, where the test compared. */
const reasonOf = ({ message, stack, diff }: SerializedError & { diff?: string }): string =>
  [stack ?? message, ...(diff ? [diff] : [])].join('\n');
