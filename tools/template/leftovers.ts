import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from './answers.ts';

const SEARCHED = ['*', '.*', '{.ci,.github,apps,bench,deploy,docs,libs,prisma,test,tools}/**/*'];
/** What brings later versions of the template here speaks of it. */
const NOT_SEARCHED = [
  '.git',
  'node_modules',
  '**/node_modules/**',
  '**/generated/**',
  'template.json',
  'tools/template/**',
];
const NAMES = /backend[-_ ]?core[-_ ]?kit|(?<![\w/-])kit(?![\w])/gi;

/** Where the template is named, as `path:line: what stands there`. What the answers say is no leftover, whatever it is. */
export function leftoversIn(root: string, answers: Answers): string[] {
  return globSync(SEARCHED, { cwd: root, exclude: NOT_SEARCHED, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) =>
      leftoversOf(readFileSync(file, 'utf8'), answers).map((found) => `${file.slice(root.length + 1)}:${found}`),
    )
    .sort();
}

function leftoversOf(text: string, { name, title, description, holder, repository }: Answers): string[] {
  return [description, holder, repository, title, name]
    .filter((answer) => answer !== null)
    .reduce((rest, answer) => rest.replaceAll(answer, ''), text)
    .split('\n')
    .flatMap((line, index) => (line.match(NAMES) ? [`${index + 1}: ${line.trim().slice(0, 120)}`] : []));
}
