import { parseArgs } from 'node:util';
import { inCopy, MODE_OPTIONS, say } from './in-copy.ts';
import { removeFeature } from './remove.ts';

const HELP = `npm run remove:feature -- <name>… [options]

Takes features out, in this order: the folder in libs/features, its lines in the modules of apps/, its model, and what other models say of it.
Adds the migration that drops its tables, and brings openapi.json and docs/ up to date.
Nothing is changed here unless all of that works in a copy. What people wrote about it, in README.md or docs/, is left to you: npm test names it.

  --dry-run   shows the files, and changes none
  --force     also while there are changes that are not committed
  --help      this text`;

function main(argv: readonly string[]): number {
  const { values, positionals: names } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: MODE_OPTIONS,
  });
  if (values.help || names.length === 0) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  return inCopy(values, () => (copy) => {
    say(`Taking ${names.join(', ')} out of a copy of this checkout`);
    for (const name of names) removeFeature(copy.root, name);
    copy.format();
    copy.writeMigration(`remove-${names.join('-')}`);
    say('Building it, and writing openapi.json and docs/');
    copy.writeDocuments();
    return 'Read the migration before you commit: it drops tables. npm test proves the rest.';
  });
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
