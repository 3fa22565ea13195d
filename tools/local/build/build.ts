import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Output, transformFile } from '@swc/core';
import { areTypesOutdated } from '../../client/types-file.ts';
import { PRISMA, requireNode } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { prismaEnvironment } from '../../servers/shell-environment.ts';
import { builtFile, isClientOutdated, outdatedCode } from './sources.ts';

/** What `npm run build` makes, but only the part that is missing or old. @returns how many files of dist/ that were */
export async function buildOutdated(signal: AbortSignal): Promise<number> {
  if (isClientOutdated()) await generateClient(signal);
  if (areTypesOutdated()) await requireNode(['tools/client/write.ts'], { signal });
  const files = outdatedCode();
  await build(files);
  return files.length;
}

/** Prisma's client, which is code of libs/, from the models. @throws CommandFailed when they are not valid; the client stays as it was */
export const generateClient = (signal: AbortSignal): Promise<void> =>
  requireNode([PRISMA, 'generate'], { env: prismaEnvironment(), signal });

/** Nothing is written unless all of it compiles. */
export async function build(files: readonly string[]): Promise<void> {
  const [code, copied] = [files.filter(isCode), files.filter((file) => !isCode(file))];
  const outputs = await Promise.all(code.map(compile));
  for (const [at, file] of code.entries()) write(join(ROOT, builtFile(file)), outputs[at]);
  for (const file of copied) copy(join(ROOT, file), join(ROOT, builtFile(file)));
}

export function removeBuilt(files: readonly string[]): void {
  for (const file of files.map(builtFile)) {
    for (const path of [file, `${file}.map`]) rmSync(join(ROOT, path), { force: true });
  }
}

export const compile = (file: string): Promise<Output> =>
  transformFile(join(ROOT, file), {
    root: ROOT,
    cwd: ROOT,
    configFile: join(ROOT, '.swcrc'),
    outputPath: join(ROOT, builtFile(file)),
  });

const isCode = (file: string): boolean => file.endsWith('.ts');

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
}

function write(target: string, { code, map }: Partial<Output> = {}): void {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${basename(target)}.map`);
  writeFileSync(`${target}.map`, map ?? '');
}
