import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../servers/local-directory.ts';
import type { Copy } from './copy.ts';
import { inCopy, MODE_OPTIONS, say } from './in-copy.ts';
import { columnOf, FIELD_TYPES } from './slice/fields.ts';
import { requestOf } from './slice/read-slice.ts';
import { filesOf, type Slice, sliceOf } from './slice/slice.ts';

const PLAIN = FIELD_TYPES.filter((type) => type !== 'reference');
const HELP = `npm run new:field -- <feature> <name>:<type> [options]

Adds a field to a feature that npm run new:feature wrote, in all its places: model and migration, domain, schemas, repository, tests.
It may be null: rows that are there already have none, and a release that is older than it writes none.
Types: ${PLAIN.join(', ')}; size:enum:small/large names its values.

  --dry-run   shows the files, and changes none
  --force     also while there are changes that are not committed
  --help      this text`;

type Files = ReadonlyMap<string, string>;

function main(argv: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: MODE_OPTIONS,
  });
  const [feature, field, ...rest] = positionals;
  if (values.help || feature === undefined || field === undefined || rest.length > 0) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  return inCopy(values, () => {
    const request = requestOf(feature);
    const [before, after] = [sliceOf(request), sliceOf({ ...request, fields: [...request.fields, plain(field)] })];
    return (copy) => add(copy, before, after);
  });
}

function add(copy: Copy, before: Slice, after: Slice): string {
  const column = columnOf(String(after.fields.at(-1)?.name));
  say(`Adding ${column} to ${before.wordsPlural} in a copy of this checkout`);
  const [base, wanted] = [formatted(copy, before), formatted(copy, after)];
  for (const [path, text] of wanted) copy.write(path, merge(path, String(base.get(path)), text));
  copy.format();
  say('Making the migration');
  copy.writeMigration(`add_${column}_to_${before.plural}`);
  say('Building it, and writing openapi.json and docs/');
  copy.writeDocuments();
  copy.run(['node_modules/typescript-7/bin/tsc', '-p', '.', '--checkers', '1']);
  return 'Read the changes before you commit: what you had written was kept, and npm test proves it.';
}

/** @throws Error for what is more than a field */
function plain(field: string): string {
  const [, type = ''] = field.split(':');
  if (type.startsWith('reference'))
    throw new Error(`A field of a new kind of reference is more than a line. Types: ${PLAIN.join(', ')}.`);
  return field.endsWith('?') ? field : `${field}?`;
}

/** As it would stand here if it were generated. */
function formatted(copy: Copy, slice: Slice): Files {
  const files = filesOf(slice);
  for (const [path, text] of files) copy.write(path, text);
  copy.format();
  return new Map([...files.keys()].map((path) => [path, readFileSync(join(copy.root, path), 'utf8')]));
}

/** What was written by hand stays, and the difference between the two is added. @throws Error when it cannot be told where */
function merge(path: string, base: string, wanted: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'merge-'));
  for (const [name, text] of Object.entries({ base, wanted })) writeFileSync(join(folder, name), text);
  const merged = spawnSync(
    'git',
    ['merge-file', '-p', join(ROOT, path), join(folder, 'base'), join(folder, 'wanted')],
    {
      encoding: 'utf8',
    },
  );
  rmSync(folder, { recursive: true });
  if (merged.status !== 0)
    throw new Error(
      `${path} has changed so much that it cannot be told where the field goes; docs/recipes.md shows its places.`,
    );
  return merged.stdout;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
