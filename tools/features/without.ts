/**
 * Proves that features are only what stands in their folders: takes them out of a copy of this checkout and runs the tests there.
 * npm run test:without -- order-mails orders [--only=types,unit,…]
 */
import { spawnSync } from 'node:child_process';
import { CommandFailed } from '../run-node.ts';
import { Copy } from './copy.ts';
import { removeFeature } from './remove.ts';

const HELP = `npm run test:without -- <feature>… [--only=<steps>]

Takes features out of a copy of this checkout, in this order, by the edits a person would make: the folder, the lines in the modules of apps/, the model,
a migration that drops the tables, and the generated documents. Then runs npm test in the copy, or only some steps of it.
What people wrote about the feature, in README.md or docs/, is left for them to change, as are packages and code that nothing else needs: the steps "links"
and "unused" are not among the default ones.`;

const STEPS = 'types,format,lint,boundaries,folders,openapi,docs,unit,integration,e2e,browser';

function main(args: readonly string[]): number {
  const features = args.filter((arg) => !arg.startsWith('-'));
  const [only = `--only=${STEPS}`, ...rest] = args.filter((arg) => arg.startsWith('-'));
  if (features.length === 0 || !only.startsWith('--only=') || rest.length > 0) {
    console.log(HELP);
    return only === '--help' ? 0 : 1;
  }
  const copy = new Copy();
  try {
    for (const feature of features) removeFeature(copy.root, feature);
    copy.format();
    copy.writeMigration(`remove-${features.join('-')}`);
    copy.writeDocuments();
    return (
      spawnSync(process.execPath, ['tools/checks/test.ts', only], { cwd: copy.root, stdio: 'inherit' }).status ?? 1
    );
  } finally {
    copy.remove();
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : (error as Error).message);
  process.exitCode = 1;
}
