import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LEFT_OUT } from '../../databases/scaled-run.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { readArguments } from '../arguments.ts';
import { passed, type Step } from '../outcome.ts';
import { scaledSteps } from './scaled-steps.ts';
import { STEPS } from './steps.ts';

const aStep = (name: string, needs: string[] = []): Step => ({
  name,
  title: name,
  needs,
  wide: false,
  run: async () => passed(),
});
const context = { patterns: [], progress: () => undefined, signal: new AbortController().signal };

describe('npm run test:scaled', () => {
  it('is asked for by an argument', () => {
    expect(readArguments(['--scaled', 'test/chaos'])).toMatchObject({ scaled: true, patterns: ['test/chaos'] });
    expect(readArguments([]).scaled).toBe(false);
  });

  it('runs whole-system tests and what they need, no others', () => {
    expect(scaledSteps(STEPS).map(({ name }) => name)).toEqual(['client', 'client-types', 'build', 'e2e', 'browser']);
  });

  it('tells what it leaves out, and why', async () => {
    const [build, e2e] = scaledSteps([aStep('build'), aStep('unit'), aStep('e2e', ['build']), aStep('browser')]);

    expect((await build?.run(context))?.note).toBeUndefined();
    for (const [path, reason] of Object.entries(LEFT_OUT))
      expect((await e2e?.run(context))?.note).toContain(`${path} ${reason}`);
  });

  it('leaves out what there is', () => {
    expect(Object.keys(LEFT_OUT).filter((path) => globSync(path, { cwd: ROOT }).length === 0)).toEqual([]);
  });
});
