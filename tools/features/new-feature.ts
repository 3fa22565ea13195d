import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../servers/local-directory.ts';
import type { Copy } from './copy.ts';
import { inCopy, MODE_OPTIONS, say } from './in-copy.ts';
import { mountFeature } from './mount.ts';
import { FIELD_TYPES } from './slice/fields.ts';
import { filesOf, type Request, type Slice, sliceOf } from './slice/slice.ts';

const HELP = `npm run new:feature -- <name> [options]

Writes a feature in libs/features/<name>, a plural such as delivery-notes: domain, use cases, a table with its migration, routes with
permissions, a job with its events, and tests on every level. Mounts it, and brings openapi.json and docs/ up to date.
Nothing is changed here unless all of that works in a copy.

  --field=<name>:<type>  a field, as often as you like; a "?" at the end lets it be null. Types: ${FIELD_TYPES.join(', ')};
                         size:enum:small/large names its values, orderId:reference:orders whose id it is
  --no-job               without the job, its handler and the events
  --no-crud              without routes: for features that only others use
  --dry-run              shows the files, and writes none
  --force                also while there are changes that are not committed
  --help                 this text`;

function main(argv: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    allowNegative: true,
    options: {
      field: { type: 'string', multiple: true, default: [] },
      job: { type: 'boolean', default: true },
      crud: { type: 'boolean', default: true },
      ...MODE_OPTIONS,
    },
  });
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || rest.length > 0) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const { job, crud, field } = values;
  const fields = field.flatMap((list) => list.split(',')).filter(Boolean);
  return inCopy(values, () => {
    const slice = requireRoomFor({ name, fields, job, crud });
    return (copy) => add(copy, slice);
  });
}

function add(copy: Copy, slice: Slice): string {
  const { plural, wordsPlural, crud } = slice;
  say(`Writing ${wordsPlural} in a copy of this checkout`);
  for (const [path, text] of filesOf(slice)) copy.write(path, text);
  mountFeature(copy.root, slice);
  copy.format();
  say('Making the migration');
  copy.writeMigration(`create-${plural}`);
  say('Building it, and writing openapi.json and docs/');
  copy.writeDocuments();
  return `npm test proves it; npm start runs it${crud ? ` at /v1/${plural}` : ''}. Read the migration before you commit.`;
}

/** @throws Error that says what is wrong with the request */
function requireRoomFor(request: Request): Slice {
  const slice = sliceOf(request);
  for (const path of [`libs/features/${slice.plural}`, `prisma/models/${slice.plural}.prisma`])
    if (existsSync(join(ROOT, path))) throw new Error(`There is a feature ${slice.plural} already: ${path}.`);
  return slice;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
