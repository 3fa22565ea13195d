import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Repository, referencesToNowhere } from '../docs/references.ts';
import { PARTS } from './parts.ts';

const DOCUMENTS = ['*.md', '{bench,deploy,docs,test,tools}/**/*.md'];
const TREE = 'README.md';

/** After parts are gone: their documents, their lines in the tree of README.md, and rows and points of lists that lead to them. */
export function removeFromDocuments(root: string, parts: readonly string[]): void {
  for (const document of parts.flatMap((name) => PARTS[name]?.documents ?? []))
    rmSync(join(root, document), { recursive: true });
  for (const name of parts) edit(root, TREE, (text) => text.replace(new RegExp(`^  ${name}  .*\\n`, 'm'), ''));
  const repository = repositoryIn(root);
  for (const file of globSync(DOCUMENTS, { cwd: root, exclude: ['**/node_modules/**', 'node_modules'] })) {
    const lines = new Set(referencesToNowhere(file, repository).map(({ line }) => line - 1));
    if (lines.size > 0) edit(root, file, (text) => withoutItems(text, lines));
  }
}

/** @throws Error for a line that is no row of a table and no point of a list: a sentence is for a person to change */
export function withoutItems(text: string, broken: ReadonlySet<number>): string {
  const lines = text.split('\n');
  const gone = new Set([...broken].flatMap((index) => itemAround(lines, index)));
  return lines.filter((_, index) => !gone.has(index)).join('\n');
}

function itemAround(lines: readonly string[], index: number): number[] {
  if (lines[index]?.startsWith('|')) return [index];

  const begin = lines.slice(0, index + 1).findLastIndex((line) => !line.startsWith('  '));
  if (!lines[begin]?.startsWith('- ')) throw new Error(`What goes is spoken of in a sentence: ${lines[index]}`);
  const length = lines.slice(begin + 1).findIndex((line) => !line.startsWith('  '));
  return Array.from({ length: length + 1 }, (_, offset) => begin + offset);
}

const repositoryIn = (root: string): Repository => ({
  exists: (path) => (path.includes('*') ? globSync(path, { cwd: root }).length > 0 : existsSync(join(root, path))),
  read: (path) => readFileSync(join(root, path), 'utf8'),
  scripts: new Set(Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)),
});

function edit(root: string, path: string, change: (text: string) => string): void {
  const file = join(root, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
