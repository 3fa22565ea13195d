import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../servers/local-directory.ts';
import { filesOf, type Request, sliceOf } from './slice.ts';

const filesFor = (request: Partial<Request> = {}) =>
  filesOf(sliceOf({ name: 'parcels', fields: [], job: true, crud: true, ...request }));
const paths = (request?: Partial<Request>) =>
  [...filesFor(request).keys()].map((path) => path.replace('libs/features/parcels/', ''));

describe('a generated feature', () => {
  it('has the files that its parts need, and a model', () => {
    const [all, withoutJob, withoutRoutes] = [paths(), paths({ job: false }), paths({ crud: false })];

    expect(all).toContain('prisma/models/parcels.prisma');
    expect(all.filter((path) => !withoutJob.includes(path)).sort()).toEqual([
      'application/confirm-parcel.spec.ts',
      'application/confirm-parcel.ts',
      'application/create-parcel.int.spec.ts',
      'application/parcel.events.ts',
      'application/parcel.jobs.ts',
      'jobs/confirm-parcel.handler.spec.ts',
      'jobs/confirm-parcel.handler.ts',
    ]);
    expect(all.filter((path) => path.startsWith('http/')).length).toBeGreaterThan(0);
    expect(withoutRoutes.filter((path) => /^http|access|permissions|e2e/.test(path))).toEqual([]);
  });

  it('holds a name where nobody says what it holds', () => {
    expect(filesFor().get('libs/features/parcels/domain/parcel.ts')).toContain('  name: string;\n');
  });

  it('is refused with two fields of one name', () => {
    expect(() => filesFor({ fields: ['title:string', 'title:int'] })).toThrow('There are two fields title.');
  });

  // Where the example has gone, the slice is what features look like.
  it.runIf(globSync('libs/features/orders', { cwd: ROOT }).length > 0)(
    'uses nothing of the platform that the example does not use, and has its folders',
    () => {
      const example = globSync('libs/features/orders/**/*.ts', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
      const known = importsIn(example.map((file) => readFileSync(join(ROOT, file), 'utf8')));
      const fields = ['title:string', 'price:money', 'dueOn:date', 'size:enum:a/b', 'sessionId:reference:sessions'];

      const files = filesFor({ fields });

      expect([...importsIn([...files.values()])].filter((name) => !known.has(name))).toEqual([]);
      expect(
        foldersOf(paths({ fields })).filter(
          (folder) => !foldersOf(example.map((file) => file.split('/').slice(3).join('/'))).includes(folder),
        ),
      ).toEqual(['prisma/models']);
    },
  );
});

/** What is imported from the platform, name by name. */
function importsIn(texts: readonly string[]): Set<string> {
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/import (?:type )?\{([^}]*)\} from '(#platform\/[^']*)'/g),
  ]);
  return new Set(
    imports
      .flatMap(([, names = '', from]) =>
        names.split(',').map((name) => `${name.replace('type ', '').trim()} of ${from}`),
      )
      .filter((name) => !name.startsWith(' of')),
  );
}

const foldersOf = (files: readonly string[]): string[] => [
  ...new Set(files.map((file) => file.split('/').slice(0, -1).join('/'))),
];
