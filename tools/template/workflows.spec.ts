import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PART_NAMES } from './parts.ts';
import { isTemplate } from './template-itself.ts';
import { withoutTemplateJob } from './workflows.ts';

const NIGHTLY = readFileSync('.github/workflows/nightly.yml', 'utf8');

describe.runIf(isTemplate('.'))('every night', () => {
  it('a project is made without each part, without all, and with all', () => {
    const [, list = ''] = /^ +without:\n((?: +- .*\n)+)/m.exec(NIGHTLY) ?? [];
    const without = [...list.matchAll(/^ +- (.*)$/gm)].map(([, parts]) => parts);

    expect(without).toEqual(['""', ...PART_NAMES, 'all']);
  });
});

describe('a project', () => {
  const jobs = (text: string) => [...text.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);

  it('has all jobs but the one that proves the template', () => {
    const [first = '', ...rest] = jobs(NIGHTLY).filter((name) => name !== 'template' && name !== 'schedule');

    expect(jobs(withoutTemplateJob(NIGHTLY))).toEqual(expect.arrayContaining([first, ...rest]));
    expect(withoutTemplateJob(NIGHTLY)).not.toMatch(/template/);
  });

  it.each([
    ['the last', 'jobs:\n  a:\n    x: 1\n\n  template:\n    y: 2\n\n    z: 3\n', 'jobs:\n  a:\n    x: 1\n'],
    ['between two', 'jobs:\n  template:\n    y: 2\n\n  b:\n    x: 1\n', 'jobs:\n  b:\n    x: 1\n'],
  ])('loses that one alone: %s', (_where, workflow, left) => {
    expect(withoutTemplateJob(workflow)).toBe(left);
  });
});
