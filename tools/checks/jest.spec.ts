import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../servers/local-directory.ts';
import { outcomeOf } from './jest.ts';

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

describe("Jest's report", () => {
  it('is counted test by test', () => {
    expect(outcomeOf({ ...report, numPendingTests: 2 })).toMatchObject({ passed: 3, failed: 0, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure and names it', () => {
    const testResults = [{ name: `${ROOT}libs/broken.spec.ts`, status: 'failed', message: 'Cannot find module' }];

    const outcome = outcomeOf({ ...report, numRuntimeErrorTestSuites: 1, testResults });

    expect(outcome).toMatchObject({ failed: 1, failedFiles: ['libs/broken.spec.ts'] });
    expect(outcome.output).toContain('Cannot find module');
  });
});
