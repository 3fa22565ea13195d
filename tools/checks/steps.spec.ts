import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../servers/local-directory.ts';
import { STEPS } from './steps.ts';

type JestConfig = Readonly<{ default: { projects: { displayName: string; testRegex: string }[] } }>;

const { projects } = ((await import(join(ROOT, 'jest.config.mjs'))) as JestConfig).default;

describe('the projects of Jest', () => {
  it('take every spec file, each to one project', () => {
    const files = globSync('{apps,libs,tools,test}/**/*.spec.ts', {
      cwd: ROOT,
      exclude: ['tools/boundaries/canaries/**'],
    });
    const takers = (file: string) => projects.filter(({ testRegex }) => new RegExp(testRegex).test(join(ROOT, file)));

    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => takers(file).length !== 1)).toEqual([]);
  });

  it('are all run by npm test', () => {
    const steps = STEPS.map(({ name }) => name);

    expect(projects.map(({ displayName }) => displayName).filter((name) => !steps.includes(name))).toEqual([]);
  });
});
