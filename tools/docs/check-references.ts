import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { givenUpWords, identifiersOf } from './given-up-words.ts';
import { brokenReferences, type Repository, referencesIn } from './references.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const repository: Repository = {
  exists: (path) => (path.includes('*') ? globSync(path, { cwd: ROOT }).length > 0 : existsSync(join(ROOT, path))),
  read,
  scripts: new Set(Object.keys(scripts)),
};

const documents = globSync(['*.md', '{bench,deploy,docs,test,tools}/**/*.md'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
});
const checked = documents.reduce((sum, file) => sum + referencesIn(read(file)).length, 0);
const broken = documents.flatMap((file) => brokenReferences(file, repository));

const words = givenUpWords(read('docs/glossary.md'));
const sources = globSync('{apps,bench,libs,prisma,test,tools}/**/*.ts', {
  cwd: ROOT,
  exclude: ['**/node_modules/**', '**/generated/**', 'tools/docs/given-up-words*.ts'],
});
broken.push(...sources.flatMap((file) => identifiersOf(words, file, read(file))));

console.log(broken.length > 0 ? broken.join('\n') : `${checked} references in ${documents.length} documents`);
if (checked === 0) console.error('No reference was found to check.');
process.exitCode = broken.length > 0 || checked === 0 ? 1 : 0;
