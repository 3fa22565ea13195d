import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where features are mounted. */
const MODULES = ['apps/api/src/api.module.ts', 'apps/worker/src/worker.module.ts', 'apps/admin/src/admin.module.ts'];

/**
 * Takes a feature out of the checkout in `root`, by the edits that a person would make: its folder, its lines in the modules that mount it, its
 * model with the relations that lead to it. The migration that drops its tables and the generated documents are for others to make.
 * @throws when there is no such feature, or another one needs it
 */
export function removeFeature(root: string, name: string): void {
  const folder = join(root, 'libs/features', name);
  if (!existsSync(folder)) throw new Error(`There is no feature ${name} in libs/features.`);
  const [dependent] = dependentsOf(root, name);
  if (dependent) throw new Error(`The feature ${dependent} imports ${name}: remove ${dependent} first.`);

  rmSync(folder, { recursive: true });
  for (const file of MODULES) edit(join(root, file), (text) => withoutImportsOf(name, text));
  removeModels(root, name);
}

function dependentsOf(root: string, name: string): string[] {
  const files = globSync('libs/features/**/*.ts', { cwd: root }).filter(
    (file) =>
      !file.startsWith(`libs/features/${name}/`) &&
      readFileSync(join(root, file), 'utf8').includes(`'#features/${name}/`),
  );
  return files.map((file) => String(file.split('/')[2]));
}

/** What is imported from the feature, and its place in the lists of modules. */
function withoutImportsOf(name: string, text: string): string {
  const imports = new RegExp(`import \\{ ([^}]*) \\} from '#features/${name}/[^']*';\n`, 'g');
  const names = [...text.matchAll(imports)].flatMap(([, imported = '']) => imported.split(', '));
  return names.reduce(
    (rest, module) => rest.replaceAll(new RegExp(`\\b${module}, |, ${module}\\b|\\b${module}\\b`, 'g'), ''),
    text.replaceAll(imports, ''),
  );
}

function removeModels(root: string, name: string): void {
  const file = join(root, 'prisma/models', `${name}.prisma`);
  if (!existsSync(file)) return;

  const models = [...readFileSync(file, 'utf8').matchAll(/^model (\w+)/gm)].map(([, model]) => model);
  rmSync(file);
  const relation = new RegExp(`^  \\w+ +(?:${models.join('|')})(?:\\[\\]|\\?)?(?: .*)?\n`, 'gm');
  for (const other of globSync('prisma/models/*.prisma', { cwd: root })) {
    edit(join(root, other), (text) => text.replaceAll(relation, ''));
  }
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
}
