import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy } from '../features/copy.ts';
import { say } from '../features/in-copy.ts';
import { removeFeature } from '../features/remove.ts';
import { PRISMA } from '../run-node.ts';
import type { Answers } from './answers.ts';
import { removeFromDocuments } from './documents.ts';
import { leftoversIn } from './leftovers.ts';
import { licenseText } from './license.ts';
import { writeNames } from './names.ts';
import { removePackages } from './packages.ts';
import { inOrder } from './parts.ts';
import { readmeOf } from './readme.ts';
import { type Record, recordText } from './record.ts';
import { squashMigrations } from './squash.ts';
import { RECORD } from './template-itself.ts';
import { endTemplateJobs } from './workflows.ts';

/** What clients of the template were promised nobody was promised here. */
const NO_PROMISES = '';

/** Makes a project of its own out of a copy of the template. */
export function initialise(copy: Copy, record: Record): void {
  const { answers, year } = record;
  say('Writing the new names in a copy of this checkout');
  writeTexts(copy, answers, year);
  writeNames(copy.root, answers);
  endTemplateJobs(copy.root);
  copy.write(RECORD, recordText(record));
  removeParts(copy, inOrder(answers.without));
  copy.format();
  copy.run(['node_modules/@biomejs/biome/bin/biome', 'format', '--write', RECORD, 'package.json']);
  say('Making one migration of all');
  squashMigrations(copy.root, copy.run([PRISMA, 'migrate', 'diff', '--from-empty', '--to-schema=prisma', '--script']));
  say('Building it, and writing openapi.json and docs/');
  copy.writeDocuments();
  refuseLeftovers(copy.root, answers);
}

function writeTexts(copy: Copy, answers: Answers, year: number): void {
  const read = (path: string): string => readFileSync(join(copy.root, path), 'utf8');
  // Its authors are owed that their notice stays with what they wrote.
  copy.write('tools/template/LICENSE', read('LICENSE'));
  copy.write('LICENSE', licenseText(answers, year));
  copy.write('README.md', readmeOf(read('README.md'), answers));
  if (existsSync(join(copy.root, 'CHANGELOG.md'))) copy.write('CHANGELOG.md', '# Changelog\n');
}

function removeParts(copy: Copy, parts: readonly string[]): void {
  if (parts.length === 0) return;

  say(`Taking out ${parts.join(', ')}`);
  for (const name of parts) removeFeature(copy.root, name, NO_PROMISES);
  removePackages(copy.root, parts);
  removeFromDocuments(copy.root, parts);
}

/** @throws Error: a name that was added to the template belongs into names.ts as well */
function refuseLeftovers(root: string, answers: Answers): void {
  const left = leftoversIn(root, answers);
  if (left.length > 0) throw new Error(`The template is still named:\n${left.join('\n')}`);
}
