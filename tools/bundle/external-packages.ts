import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';

/** Packages that are more than code that Node reads: libraries of the machine and of WebAssembly, and files that are served as they are. */
const EXTERNAL = [
  '@node-rs/argon2',
  '@prisma/schema-engine-wasm',
  '@bull-board/ui',
  'swagger-ui-dist',
  // With the libraries that it looks for at run time.
  'sharp',
  '@img',
  'detect-libc',
  'semver',
];

export const isExternal = (id: string): boolean => EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`));

/** Puts them into a node_modules of `folder`, where the programs below it find them; of a library that comes in one package for each kind of machine, those installed here. */
export function copyExternalPackages(folder: string): void {
  for (const path of globSync(
    EXTERNAL.map((name) => `node_modules/${name}{,-*}`),
    { cwd: ROOT },
  ))
    cpSync(join(ROOT, path), join(ROOT, folder, path), { recursive: true, filter: (file) => !file.endsWith('.map') });
}
