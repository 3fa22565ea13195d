import { describe, expect, it } from 'vitest';
import { helpText, readArguments, selectSteps } from './arguments.ts';
import { STEPS } from './steps/steps.ts';

const names = (only: readonly string[]) => selectSteps(STEPS, only).map(({ name }) => name);

describe('the arguments of npm test', () => {
  it('take several steps in one --only and paths beside it', () => {
    const { only, patterns } = readArguments(['--only=lint,unit', 'libs/features', '--only', 'docs']);

    expect(only).toEqual(['lint', 'unit', 'docs']);
    expect(patterns).toEqual(['libs/features']);
  });

  it('ask for the slowest files', () => {
    expect(readArguments([])).toMatchObject({ timings: false });
    expect(readArguments(['--timings'])).toMatchObject({ timings: true });
  });

  it('refuse what nobody knows', () => {
    expect(() => readArguments(['--olny=lint'])).toThrow('--olny');
    expect(() => selectSteps(STEPS, ['lnit'])).toThrow(/There is no step "lnit"\. Steps: .*lint/);
  });

  it('add the steps that are needed', () => {
    expect(names(['e2e'])).toEqual(['client', 'client-types', 'build', 'e2e']);
    expect(names([])).toHaveLength(STEPS.length);
  });

  it('are explained for every step', () => {
    const help = helpText(STEPS);

    for (const { name, title } of STEPS) expect(help).toMatch(new RegExp(`${name} +${title.slice(0, 10)}`));
  });
});
