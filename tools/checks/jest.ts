import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runNode } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { failed, type Outcome, type Step, type StepContext } from './outcome.ts';

// Two workers at least: each suite leaves memory behind, and with one worker it all stays in one process.
const WORKERS = Math.max(2, availableParallelism());
const JEST = [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  `--maxWorkers=${WORKERS}`,
  '--passWithNoTests',
  '--json',
];

type JestStep = Pick<Step, 'name' | 'title' | 'needs'> &
  Readonly<{
    /** Printed beside the result. */
    note?: string;
  }>;

export type JestReport = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: readonly Readonly<{ name: string; status: string; message: string }>[];
}>;

/** A project of jest.config.mjs; it counts every test in it. */
export function jest({ note, ...step }: JestStep): Step {
  return {
    ...step,
    wide: true,
    run: async (context) => ({ ...(await runJest(step.name, context)), ...(note ? { note } : {}) }),
  };
}

async function runJest(project: string, { patterns, progress, signal }: StepContext): Promise<Outcome> {
  const report = join(tmpdir(), `jest-${project}-${process.pid}.json`);
  let done = 0;
  const onLine = (line: string) => {
    if (/^(PASS|FAIL) /.test(line)) progress(`${++done} files done`);
  };

  const { output } = await runNode([...JEST, ...patterns, '--selectProjects', project, `--outputFile=${report}`], {
    signal,
    onLine,
  });

  try {
    const outcome = outcomeOf(JSON.parse(readFileSync(report, 'utf8')) as JestReport);
    // Paths on the command line may well match nothing in this step.
    return isEmpty(outcome) && patterns.length === 0 ? failed(`No test ran.\n${output}`) : outcome;
  } catch {
    return failed(`Jest wrote no report.\n${output}`);
  } finally {
    rmSync(report, { force: true });
  }
}

/** A file that could not even be loaded counts as one failed test: its own were never seen. */
export function outcomeOf({ testResults, ...report }: JestReport): Outcome {
  const broken = testResults.filter(({ status }) => status === 'failed');

  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
    output: broken.map(({ name, message }) => `${relative(ROOT, name)}\n${message}`).join('\n'),
    failedFiles: broken.map(({ name }) => relative(ROOT, name)),
  };
}

const isEmpty = ({ passed, failed: failures, skipped }: Outcome): boolean => passed + failures + skipped === 0;
