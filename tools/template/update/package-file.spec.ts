import { describe, expect, it } from 'vitest';
import { mergePackageFile } from './package-file.ts';

const text = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
const BASE = { name: 'acme', scripts: { test: 't' }, dependencies: { b: '1.0.0', d: '1.0.0' } };
const merged = (ours: object, theirs: object) =>
  mergePackageFile(text(BASE), text({ ...BASE, ...ours }), text({ ...BASE, ...theirs }));

describe('package.json of a project and that of a newer template', () => {
  it('are merged by their entries: each may add a package beside the other’s', () => {
    const ours = { dependencies: { b: '1.0.0', bb: '7.0.0', d: '1.0.0' } };
    const theirs = { dependencies: { b: '1.0.0', c: '2.0.0', d: '1.1.0' } };

    expect(merged(ours, theirs)).toEqual({
      text: text({ ...BASE, dependencies: { b: '1.0.0', c: '2.0.0', bb: '7.0.0', d: '1.1.0' } }),
      conflicts: [],
    });
  });

  it('lose what either of them has dropped', () => {
    const ours = { scripts: {} };
    const theirs = { dependencies: { b: '1.0.0' } };

    expect(JSON.parse(merged(ours, theirs).text)).toEqual({
      name: 'acme',
      scripts: {},
      dependencies: { b: '1.0.0' },
    });
  });

  it('have no conflict where both did the same', () => {
    const same = { dependencies: { b: '2.0.0', d: '1.0.0' } };

    expect(merged(same, same)).toEqual({ text: text({ ...BASE, ...same }), conflicts: [] });
  });

  it.each([
    ['another version', { dependencies: { b: '1.5.0', d: '1.0.0' } }, { dependencies: { b: '2.0.0', d: '1.0.0' } }],
    ['a package dropped', { dependencies: { d: '1.0.0' } }, { dependencies: { b: '2.0.0', d: '1.0.0' } }],
  ])('name what both changed, where the project’s stands: %s', (_what, ours, theirs) => {
    expect(merged(ours, theirs)).toEqual({ text: text({ ...BASE, ...ours }), conflicts: ['dependencies.b'] });
  });
});
