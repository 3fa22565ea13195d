import type { Copy } from '../features/copy.ts';
import { say } from '../features/in-copy.ts';
import { PRISMA } from '../run-node.ts';
import type { Answers } from './answers.ts';
import { leftoversIn } from './leftovers.ts';
import type { Record } from './record.ts';
import { render } from './render.ts';
import { squashMigrations } from './squash.ts';

/** Makes a project of its own out of a copy of the template. */
export function initialise(copy: Copy, record: Record): void {
  const { answers } = record;
  const without = answers.without.length > 0 ? `, without ${answers.without.join(', ')}` : '';
  say(`Writing the new names in a copy of this checkout${without}`);
  render(copy.root, record);
  say('Making one migration of all');
  squashMigrations(copy.root, copy.run([PRISMA, 'migrate', 'diff', '--from-empty', '--to-schema=prisma', '--script']));
  say('Building it, and writing openapi.json and docs/');
  copy.writeDocuments();
  refuseLeftovers(copy.root, answers);
}

/** @throws Error: a name that was added to the template belongs into names.ts as well */
function refuseLeftovers(root: string, answers: Answers): void {
  const left = leftoversIn(root, answers);
  if (left.length > 0) throw new Error(`The template is still named:\n${left.join('\n')}`);
}
