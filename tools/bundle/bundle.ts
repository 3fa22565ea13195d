import { join } from 'node:path';
import { type InputOptions, type OutputChunk, rolldown } from 'rolldown';
import { ROOT } from '../servers/local-directory.ts';
import { isExternal } from './external-packages.ts';
import { ownModules, packageModules } from './modules.ts';

/** A program's name, and the compiled file that starts it, from the root of the project. */
export type Programs = Readonly<Record<string, string>>;

export const SHIPPED: Programs = Object.fromEntries(
  ['api', 'worker', 'migrate', 'admin', 'setup', 'healthcheck'].map((name) => [name, `dist/apps/${name}/src/main.js`]),
);

/**
 * Makes of each program and the packages it needs a few files: Node reads those three times as fast as the 1,500 modules they come from,
 * and nothing that no program imports is among them. What dist/ holds otherwise stays where it is.
 * @param folder from the root of the project; what is in it goes
 * @returns the packages whose code is in there, as paths of their folders
 * @throws when an import of a program leads nowhere
 */
export async function bundle(programs: Programs, folder: string): Promise<ReadonlySet<string>> {
  const bundled = await rolldown({
    cwd: ROOT,
    input: programs,
    platform: 'node',
    external: isExternal,
    // A package of this repository, which is not compiled here.
    resolve: {
      alias: {
        'postgres-schema-engine/apply-migrations': join(ROOT, 'tools/postgres-schema-engine/src/apply-migrations.ts'),
      },
    },
    // Decorators and `import 'reflect-metadata'` are nothing but side effects.
    treeshake: { moduleSideEffects: true },
    plugins: [ownModules(folder), packageModules],
    onLog: refuseUnresolved,
  });
  const { output } = await bundled.write({
    dir: folder,
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
    // Nest names providers by their classes, errors and spans by theirs.
    keepNames: true,
    // As Node would run them: telemetry before what it measures.
    strictExecutionOrder: true,
  });
  await bundled.close();
  return packagesIn(output.filter((file) => file.type === 'chunk'));
}

/** Packages look for others that need not be there, as Nest does for its microservices, and are right to; our code is not. */
const refuseUnresolved: InputOptions['onLog'] = (_level, { code, id = '', message }) => {
  if (code === 'UNRESOLVED_IMPORT' && !id.includes('/node_modules/')) throw new Error(message);
};

function packagesIn(chunks: readonly OutputChunk[]): ReadonlySet<string> {
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  return new Set(modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
}
