import { globSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import config from '../../../vitest.config.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { STEPS } from './steps.ts';

const projects = (config.test?.projects ?? []) as TestProjectInlineConfiguration[];

describe('the projects of Vitest', () => {
  it('take every spec file, each to one project', () => {
    const files = globSync('{apps,libs,tools,test,bench}/**/*.spec.ts', {
      cwd: ROOT,
      exclude: ['tools/boundaries/canaries/**'],
    });
    const isAmong = (file: string, globs: readonly string[] = []) => globs.some((glob) => matchesGlob(file, glob));
    const takers = (file: string) =>
      projects.filter(({ test }) => isAmong(file, test?.include) && !isAmong(file, test?.exclude));

    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => takers(file).length !== 1)).toEqual([]);
  });

  it('are all run by npm test', () => {
    const steps: unknown[] = STEPS.map(({ name }) => name);

    expect(projects.map(({ test }) => test?.name).filter((name) => !steps.includes(name))).toEqual([]);
  });
});
