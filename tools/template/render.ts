import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFeature } from '../features/remove.ts';
import { formatIn, runIn } from '../features/run-in.ts';
import type { Answers } from './answers.ts';
import { removeFromDocuments } from './documents.ts';
import { editFile } from './edit-file.ts';
import { licenseText } from './license.ts';
import { writeNames } from './names.ts';
import { removePackages } from './packages.ts';
import { inOrder } from './parts.ts';
import { readmeOf } from './readme.ts';
import { type Record, writeRecord } from './record.ts';
import { RECORD } from './template-itself.ts';
import { endTemplateJobs } from './workflows.ts';

/** What clients of the template were promised nobody was promised here. */
const NO_PROMISES = '';

/**
 * Gives the template in `root` the names that the project has, and takes out the parts that it does without. Migrations stay as they are, and so does
 * what is generated: an update compares what this makes of two versions, and has no use for either.
 */
export function render(root: string, record: Record): void {
  const { answers, year } = record;
  writeTexts(root, answers, year);
  writeNames(root, answers);
  endTemplateJobs(root);
  checkMigrationsSinceFirst(root);
  writeRecord(root, record);
  removeParts(root, inOrder(answers.without));
  formatIn(root);
  runIn(root, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', RECORD, 'package.json']);
}

/** All of the template's become the first one, which no release runs before. */
function checkMigrationsSinceFirst(root: string): void {
  const [first] = readdirSync(join(root, 'prisma/migrations')).sort();
  editFile(root, 'tools/migrations/lint.ts', /LAST_UNCHECKED = '[^']*'/, `LAST_UNCHECKED = '${first}'`);
}

function writeTexts(root: string, answers: Answers, year: number): void {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  // Its authors are owed that their notice stays with what they wrote.
  write('tools/template/LICENSE', read('LICENSE'));
  write('LICENSE', licenseText(answers, year));
  write('README.md', readmeOf(read('README.md'), answers));
  if (existsSync(join(root, 'CHANGELOG.md'))) write('CHANGELOG.md', '# Changelog\n');
}

function removeParts(root: string, parts: readonly string[]): void {
  if (parts.length === 0) return;

  for (const name of parts) removeFeature(root, name, NO_PROMISES);
  removePackages(root, parts);
  removeFromDocuments(root, parts);
}
