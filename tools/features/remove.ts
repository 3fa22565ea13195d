import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { releasedFile } from '../released-file.ts';

/** Where features are mounted. */
const MODULES = ['apps/api/src/api.module.ts', 'apps/worker/src/worker.module.ts', 'apps/admin/src/admin.module.ts'];

const ERRORS = 'docs/errors.md';
const RETIRED = 'tools/docs/retired-errors.ts';

/** What clients know already: the list of errors as it was in the last release. */
const released = (): string => releasedFile(ERRORS)?.text ?? '';

/**
 * Takes a feature out of the checkout in `root`, by the edits that a person would make: its folder, and those in test/ that have its name, its
 * lines in the modules that mount it, its model with the relations that lead to it; its error codes are retired. The migration that drops its
 * tables and the generated documents are for others to make.
 * @param promised the list of errors of the last release
 * @throws when there is no such feature, or another one needs it
 */
export function removeFeature(root: string, name: string, promised = released()): void {
  const folder = join(root, 'libs/features', name);
  if (!existsSync(folder)) throw new Error(`There is no feature ${name} in libs/features.`);
  const [dependent] = [...importersOf(root, name), ...referrersOf(root, name)];
  if (dependent) throw new Error(`The feature ${dependent} needs ${name}: remove ${dependent} first.`);

  retireErrors(root, name, promised);
  rmSync(folder, { recursive: true });
  for (const tests of globSync(`test/{e2e,browser}/${name}`, { cwd: root }))
    rmSync(join(root, tests), { recursive: true });
  for (const file of MODULES) edit(join(root, file), (text) => withoutImportsOf(name, text));
  removeModels(root, name);
}

function importersOf(root: string, name: string): string[] {
  const files = globSync('libs/features/**/*.ts', { cwd: root }).filter(
    (file) =>
      !file.startsWith(`libs/features/${name}/`) &&
      readFileSync(join(root, file), 'utf8').includes(`'#features/${name}/`),
  );
  return files.map((file) => String(file.split('/')[2]));
}

/** Those whose models hold its ids. */
function referrersOf(root: string, name: string): string[] {
  const models = modelsOf(root, name);
  if (models.length === 0) return [];

  const reference = new RegExp(`^  \\w+ +(?:${models.join('|')})\\?? .*@relation\\(fields:`, 'm');
  return globSync('prisma/models/*.prisma', { cwd: root })
    .filter((file) => basename(file) !== `${name}.prisma` && reference.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => basename(file, '.prisma'));
}

/** Those that were released are never used for something else: clients may know them. Others go without a trace. */
function retireErrors(root: string, name: string, promised: string): void {
  const files = globSync(`libs/features/${name}/**/*.errors.ts`, { cwd: root });
  const definitions = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/code: '([A-Z0-9_]+)',\s+title: ('[^']*'|"[^"]*")/g),
  ]);
  const since = new Date().toISOString().slice(0, 10);
  for (const [, code, title] of definitions) {
    const entry = `{ code: '${code}', since: '${since}', title: ${title}, instead: 'It went with ${name}.' },`;
    if (promised.includes(`| \`${code}\` |`))
      edit(join(root, RETIRED), (text) => text.replace(/\[([^\]]*)\];\n$/, (_, before) => `[${before}${entry}];\n`));
    else edit(join(root, ERRORS), (text) => text.replace(new RegExp(`^\\| \`${code}\` .*\n`, 'm'), ''));
  }
}

/** What is imported from the feature, and its place in the lists of modules. */
function withoutImportsOf(name: string, text: string): string {
  const imports = new RegExp(`import \\{ ([^}]*) \\} from '#features/${name}/[^']*';\n`, 'g');
  const names = [...text.matchAll(imports)].flatMap(([, imported = '']) => imported.split(', '));
  return names.reduce(
    (rest, module) => rest.replaceAll(new RegExp(`\\b${module}\\b,?\\s*`, 'g'), ''),
    text.replaceAll(imports, ''),
  );
}

function removeModels(root: string, name: string): void {
  const models = modelsOf(root, name);
  if (models.length === 0) return;

  rmSync(join(root, modelFile(name)));
  const relation = new RegExp(`^  \\w+ +(?:${models.join('|')})(?:\\[\\]|\\?)?(?: .*)?\n`, 'gm');
  for (const other of globSync('prisma/models/*.prisma', { cwd: root })) {
    edit(join(root, other), (text) => text.replaceAll(relation, ''));
  }
}

const modelFile = (name: string): string => `prisma/models/${name}.prisma`;

function modelsOf(root: string, name: string): string[] {
  const file = join(root, modelFile(name));
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^model (\w+)/gm)].map(([, model = '']) => model);
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
}
