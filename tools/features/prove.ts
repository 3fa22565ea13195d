/**
 * Does to a copy of this checkout what people do with features, by the commands they use, and runs there what shows that nothing needs an edit:
 * two features are generated, one with every type of field; one gets a field more; those that are here as an example go.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../run-node.ts';
import { Copy } from './copy.ts';

const EVERY_TYPE = [
  ...['title:string', 'notes:text?', 'parts:int', 'price:money', 'tip:money?', 'dueOn:date', 'sentOn:date?'],
  ...['size:enum:small/large', 'mood:enum:good/bad?', 'isUrgent:boolean', 'invoiceId:reference:invoices?'],
];
const EXAMPLE = ['order-mails', 'orders'];
const GENERATED = ['libs/features/invoices', 'libs/features/delivery-notes'];
/** Those that look at every feature. */
const ABOUT_ALL = ['test/specs', 'test/e2e/identity/permissions'];
const STEPS = 'types,format,unused,boundaries,folders,openapi,openapi-lint,docs,migrations,unit,integration,e2e';

function prove(copy: Copy): string {
  copy.run(['node_modules/@nestjs/cli/bin/nest.js', 'generate', 'feature', 'invoices']);
  if (!existsSync(join(copy.root, 'libs/features/invoices/index.ts'))) throw new Error('nest generate wrote nothing.');
  copy.run(['tools/features/new-feature.ts', 'delivery-notes', ...EVERY_TYPE.map((field) => `--field=${field}`)]);
  copy.run(['tools/features/new-field.ts', 'invoices', 'paidOn:date']);
  const shipped = EXAMPLE.filter((name) => existsSync(join(copy.root, 'libs/features', name)));
  if (shipped.length > 0) copy.run(['tools/features/remove-feature.ts', ...shipped]);
  copy.run(['node_modules/eslint/bin/eslint.js', '--max-warnings=0', ...GENERATED, 'apps']);
  return copy.run(['tools/checks/test.ts', `--only=${STEPS}`, ...GENERATED, ...ABOUT_ALL]);
}

const copy = new Copy();
try {
  console.log(prove(copy));
} catch (error) {
  console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : error);
  process.exitCode = 1;
} finally {
  copy.remove();
}
