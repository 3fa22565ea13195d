import { describe, expect, it } from 'vitest';
import { brokenReferences } from './references.ts';

function broken(
  text: string,
  { file = 'docs/guide.md', others = {} }: { file?: string; others?: Record<string, string> } = {},
) {
  const files: Record<string, string> = {
    [file]: text,
    'README.md': '# Service\n\n## Add a feature: six steps',
    'libs/a.ts': '',
    ...others,
  };
  return brokenReferences(file, {
    exists: (path) => path in files,
    read: (path) => files[path] ?? '',
    scripts: new Set(['test', 'db:migrate']),
  });
}

describe('references in documents', () => {
  it('lead to files, beside the document or from the root', () => {
    expect(broken('[home](../README.md), `libs/a.ts` and `libs/a.ts:12`')).toEqual([]);
    expect(broken('one\n[gone](../GONE.md)')).toEqual(['docs/guide.md:2: link ../GONE.md leads nowhere']);
    expect(broken('see `libs/gone.ts`')).toEqual(['docs/guide.md:1: path libs/gone.ts leads nowhere']);
  });

  it('lead to headings', () => {
    expect(broken('[steps](../README.md#add-a-feature-six-steps)')).toEqual([]);
    expect(broken('[steps](../README.md#seven-steps)')).toHaveLength(1);
    expect(broken('# Here\n[above](#here) [below](#there)')).toEqual(['docs/guide.md:2: link #there leads nowhere']);
  });

  it('name scripts that exist', () => {
    expect(broken('`npm test`, `npm run db:migrate`, `npm ci`; npm is needed')).toEqual([]);
    expect(broken('```sh\nnpm deploy   # now\n```')).toHaveLength(1);
    expect(broken('`npm run deploy`')).toEqual(['docs/guide.md:1: command deploy leads nowhere']);
  });

  it('may stand for many files, or lead out of the repository', () => {
    expect(broken('`libs/features/<name>/`, `docs/decisions/NNN-title.md`, [nest](https://nestjs.com/x)')).toEqual([]);
  });

  it('keep what a decision said about files that are gone since', () => {
    expect(broken('`libs/gone.ts` and [gone](gone.md)', { file: 'docs/decisions/001-a.md' })).toHaveLength(1);
  });
});
