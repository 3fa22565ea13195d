import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runNode } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { failed, type Outcome, type Step, type StepContext } from '../outcome.ts';

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', '--reporter=default', '--reporter=json'];

type VitestStep = Pick<Step, 'name' | 'title' | 'needs'> &
  Readonly<{
    /** Printed beside the result. */
    note?: string;
  }>;

type TestFile = Readonly<{
  name: string;
  status: string;
  /** Why it could not be loaded. */
  message: string;
  startTime: number;
  endTime: number;
  assertionResults: readonly Readonly<{
    status: string;
    fullName: string;
    failureMessages?: readonly string[];
  }>[];
}>;

export type Report = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: readonly TestFile[];
}>;

/** A project of vitest.config.ts; it counts every test in it. */
export function vitest({ note, ...step }: VitestStep): Step {
  return {
    ...step,
    wide: true,
    run: async (context) => ({ ...(await runVitest(step.name, context)), ...(note ? { note } : {}) }),
  };
}

async function runVitest(project: string, { patterns, progress, signal }: StepContext): Promise<Outcome> {
  const report = join(tmpdir(), `vitest-${project}-${process.pid}.json`);
  let done = 0;
  const onLine = (line: string) => {
    if (/^ [✓❯↓] /.test(line)) progress(`${++done} files done`);
  };

  const { output, exitCode } = await runNode(
    [...VITEST, ...patterns, `--project=${project}`, `--outputFile.json=${report}`],
    { signal, onLine },
  );

  try {
    const outcome = outcomeOf(JSON.parse(readFileSync(report, 'utf8')) as Report);
    // Such as an error that nobody waited for, which belongs to no test.
    if (exitCode !== 0 && outcome.failed === 0) return { ...outcome, failed: 1, output };
    // Paths on the command line may well match nothing in this step.
    return isEmpty(outcome) && patterns.length === 0 ? failed(`No test ran.\n${output}`) : outcome;
  } catch {
    return failed(`Vitest wrote no report.\n${output}`);
  } finally {
    rmSync(report, { force: true });
  }
}

/** A file that could not even be loaded counts as one failed test: its own were never seen. */
export function outcomeOf({ testResults, ...report }: Report): Outcome {
  const broken = testResults.filter(({ status }) => status === 'failed');
  const unloaded = broken.filter(({ assertionResults }) => !assertionResults.some(isFailed));

  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests,
    output: broken.map(describeFile).join('\n'),
    failedFiles: broken.map(({ name }) => relative(ROOT, name)),
    files: testResults.map(({ name, startTime, endTime }) => ({
      name: relative(ROOT, name),
      milliseconds: endTime - startTime,
    })),
  };
}

const isFailed = ({ status }: TestFile['assertionResults'][number]): boolean => status === 'failed';

function describeFile({ name, message, assertionResults }: TestFile): string {
  const failures = assertionResults
    .filter(isFailed)
    .map(({ fullName, failureMessages = [] }) => `  ${fullName}\n${failureMessages.join('\n')}\n`);
  return [relative(ROOT, name), ...(message ? [message] : []), ...failures].join('\n');
}

const isEmpty = ({ passed, failed: failures, skipped }: Outcome): boolean => passed + failures + skipped === 0;
