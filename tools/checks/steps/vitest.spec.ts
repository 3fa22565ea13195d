import { describe, expect, it } from 'vitest';
import { ROOT } from '../../servers/local-directory.ts';
import { outcomeOf, type Report } from './vitest.ts';

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  testResults: [],
};

const aFile = (given: Partial<Report['testResults'][number]>): Report['testResults'][number] => ({
  name: `${ROOT}libs/one.spec.ts`,
  status: 'passed',
  message: '',
  startTime: 0,
  endTime: 0,
  assertionResults: [],
  ...given,
});

describe("Vitest's report", () => {
  it('is counted test by test', () => {
    expect(outcomeOf({ ...report, numPendingTests: 2 })).toMatchObject({ passed: 3, failed: 0, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure and names it', () => {
    const testResults = [aFile({ status: 'failed', message: 'Cannot find module' })];

    const outcome = outcomeOf({ ...report, testResults });

    expect(outcome).toMatchObject({ failed: 1, failedFiles: ['libs/one.spec.ts'] });
    expect(outcome.output).toContain('Cannot find module');
  });

  it('says which test failed and why', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'a sum is right' },
      { status: 'failed', fullName: 'a difference is right', failureMessages: ['expected 1 to be 2'] },
    ];

    const outcome = outcomeOf({
      ...report,
      numFailedTests: 1,
      testResults: [aFile({ status: 'failed', assertionResults })],
    });

    expect(outcome.failed).toBe(1);
    expect(outcome.output).toBe('libs/one.spec.ts\n  a difference is right\nexpected 1 to be 2\n');
  });

  it('tells how long each file took', () => {
    const { files } = outcomeOf({ ...report, testResults: [aFile({ startTime: 1_000, endTime: 3_500 })] });

    expect(files).toEqual([{ name: 'libs/one.spec.ts', milliseconds: 2_500 }]);
  });
});
