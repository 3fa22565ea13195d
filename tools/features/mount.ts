import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backRelationsOf, type Slice } from './slice/slice.ts';

/**
 * The lines outside of its folder that a feature needs: in the modules of apps/, and in the models that it refers to.
 * @throws Error when a file has changed so much that the place is not found
 */
export function mountFeature(root: string, slice: Slice): void {
  mountModule(root, 'apps/api/src/api.module.ts', slice, `${slice.Plural}ApiModule`);
  if (slice.job) mountModule(root, 'apps/worker/src/worker.module.ts', slice, `${slice.Plural}WorkerModule`);
  for (const [model, line] of backRelationsOf(slice)) addToModel(root, model, line);
}

function mountModule(root: string, file: string, { plural }: Slice, module: string): void {
  const line = `import { ${module} } from '#features/${plural}/${plural}.module.js';\n`;
  edit(root, file, (text) =>
    text
      .replace(/^import [^;]*#features\//m, (first) => `${line}${first}`)
      .replace(/^(const features = \[)([^\]]*)\]/m, (_, begin: string, list: string) => {
        const modules = list.split(',').map((name) => name.trim());
        const spread = modules.findIndex((name) => name.startsWith('...'));
        const at = spread < 0 ? modules.length : spread;
        return `${begin}${modules.toSpliced(at, 0, module).filter(Boolean).join(', ')}]`;
      }),
  );
}

/** Behind its other fields, before the attributes of the model. */
function addToModel(root: string, model: string, line: string): void {
  const pattern = new RegExp(`^(model ${model} \\{\\n(?:  (?!@@).*\\n)*?)((?:\\n|  ///.*\\n|  @@.*\\n)*\\})`, 'm');
  const file = globSync('prisma/models/*.prisma', { cwd: root }).find((path) =>
    pattern.test(readFileSync(join(root, path), 'utf8')),
  );
  if (!file) throw new Error(`There is no model ${model} in prisma/models.`);
  edit(root, file, (text) => text.replace(pattern, (_, fields: string, rest: string) => `${fields}${line}\n${rest}`));
}

function edit(root: string, file: string, change: (text: string) => string): void {
  const text = readFileSync(join(root, file), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`No place for it was found in ${file}.`);
  writeFileSync(join(root, file), changed);
}
