import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runNode } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { failed, type Outcome, type Step, type StepContext } from '../outcome.ts';
import { type Failure, REPORT_FILE, type Report, type TestFile } from './vitest-reporter.ts';

const REPORTERS = ['default', 'tools/checks/steps/vitest-reporter.ts'].map((name) => `--reporter=${name}`);
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', ...REPORTERS];

type VitestStep = Pick<Step, 'name' | 'title' | 'needs'> &
  Readonly<{
    /** Printed beside the result; asked for once the step is over. */
    note?: () => string | undefined;
  }>;

/** A project of vitest.config.ts; it counts every test in it. */
export function vitest({ note, ...step }: VitestStep): Step {
  return {
    ...step,
    wide: true,
    run: async (context) => {
      const outcome = await runVitest(step.name, context);
      const text = note?.();
      return text === undefined ? outcome : { ...outcome, note: text };
    },
  };
}

async function runVitest(project: string, { patterns, progress, signal }: StepContext): Promise<Outcome> {
  const report = join(tmpdir(), `vitest-${project}-${process.pid}.json`);
  let done = 0;
  const onLine = (line: string) => {
    if (/^ [✓❯↓] /.test(line)) progress(`${++done} files done`);
  };

  const env = { ...process.env, [REPORT_FILE]: report };
  const { output, exitCode } = await runNode([...VITEST, ...patterns, `--project=${project}`], { env, signal, onLine });

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

/** A failed hook, and a file that could not even be loaded, count as one failed test: those behind it were never seen. */
export function outcomeOf({ files }: Report): Outcome {
  const broken = files.filter(({ failures }) => failures.length > 0);
  const sum = (count: (file: TestFile) => number) => files.reduce((all, file) => all + count(file), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum((file) => file.failures.length),
    skipped: sum(({ skipped }) => skipped),
    output: broken.map(describeFile).join('\n'),
    failedFiles: broken.map(nameOf),
    files: files.map((file) => ({ name: nameOf(file), milliseconds: file.milliseconds })),
  };
}

const nameOf = ({ path }: TestFile): string => relative(ROOT, path);

const describeFile = (file: TestFile): string => [nameOf(file), ...file.failures.map(describeFailure)].join('\n');

const describeFailure = ({ title, reasons }: Failure): string =>
  `  ${title || 'The file cannot be loaded'}\n${reasons.join('\n')}\n`;

const isEmpty = ({ passed, failed: failures, skipped }: Outcome): boolean => passed + failures + skipped === 0;
