import { describe, expect, it } from 'vitest';
import { ROOT } from '../../servers/local-directory.ts';
import { outcomeOf } from './vitest.ts';
import type { TestFile } from './vitest-reporter.ts';

const aFile = (given: Partial<TestFile> = {}): TestFile => ({
  path: `${ROOT}libs/one.spec.ts`,
  milliseconds: 0,
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
  ...given,
});

describe('what Vitest reports', () => {
  it('is counted test by test', () => {
    const files = [aFile({ passed: 2, skipped: 2 }), aFile({ passed: 1 })];

    expect(outcomeOf({ files })).toMatchObject({ passed: 3, failed: 0, skipped: 2, failedFiles: [] });
  });

  it.each([
    ['a file that could not be loaded', '', '  The file cannot be loaded\nCannot find module\n'],
    ['a block whose hook failed', 'a server', '  a server\nCannot find module\n'],
  ])('counts %s as one failure, and names the file', (_what, title, text) => {
    const failures = [{ title, reasons: ['Cannot find module'] }];

    const outcome = outcomeOf({ files: [aFile({ failures, skipped: 5 }), aFile()] });

    expect(outcome).toMatchObject({ failed: 1, skipped: 5, failedFiles: ['libs/one.spec.ts'] });
    expect(outcome.output).toBe(`libs/one.spec.ts\n${text}`);
  });

  it('says which test failed and why', () => {
    const failures = [{ title: 'a difference is right', reasons: ['expected 1 to be 2'] }];

    const outcome = outcomeOf({ files: [aFile({ passed: 1, failed: 1, failures })] });

    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.output).toBe('libs/one.spec.ts\n  a difference is right\nexpected 1 to be 2\n');
  });

  it('tells how long each file took', () => {
    const { files } = outcomeOf({ files: [aFile({ milliseconds: 2_500 })] });

    expect(files).toEqual([{ name: 'libs/one.spec.ts', milliseconds: 2_500 }]);
  });
});
