import { describe, expect, it } from 'vitest';
import { failed, type Outcome, passed, type Result } from '../outcome.ts';
import { counts, describeFailures, describeSlowest, total } from './summary.ts';

const result = (name: string, outcome: Outcome): Result => ({
  step: { name, title: `the ${name}`, needs: [], wide: false, run: () => Promise.resolve(outcome) },
  outcome,
  milliseconds: 1,
});

describe('the summary of npm test', () => {
  it('adds up what every step counted', () => {
    const results = [result('lint', passed()), result('unit', { passed: 40, failed: 2, skipped: 1, output: '' })];

    expect(counts(total(results))).toBe('41 passed, 2 failed, 1 skipped');
  });

  it('leaves skipped out where nothing was', () => {
    expect(counts(total([result('lint', passed())]))).toBe('1 passed, 0 failed');
  });

  it('shows the output of what failed and the command that runs it again', () => {
    const text = describeFailures([
      result('lint', failed('unused variable')),
      result('types', passed('all is well')),
      result('unit', { passed: 0, failed: 1, skipped: 0, output: 'expected 1', failedFiles: ['libs/a.spec.ts'] }),
    ]);

    expect(text).toContain('unused variable');
    expect(text).not.toContain('all is well');
    expect(text).toMatch(/npm test -- --only=lint\n {2}npm test -- --only=unit libs\/a\.spec\.ts$/);
  });

  it('names the slowest spec files of all steps, the slowest first', () => {
    const files = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `${name}-${index}.spec.ts`, milliseconds: index * 1_000 }));

    const text = describeSlowest([
      result('lint', passed()),
      result('unit', { ...passed(), files: files('a', 20) }),
      result('e2e', { ...passed(), files: [{ name: 'b.e2e.spec.ts', milliseconds: 20_500 }] }),
    ]);

    expect(text.split('\n')).toHaveLength(11);
    expect(text).toMatch(
      /^The slowest spec files:\n +20\.5 s {2}e2e +b\.e2e\.spec\.ts\n +19\.0 s {2}unit +a-19\.spec\.ts\n/,
    );
  });

  it('says how much it left out of a very long output', () => {
    const text = describeFailures([
      result('lint', failed(Array.from({ length: 250 }, (_, line) => `line ${line}`).join('\n'))),
    ]);

    expect(text).toContain('… 50 more lines');
  });
});
