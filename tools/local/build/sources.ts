import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../servers/local-directory.ts';

/** What each file holds, as a hash, by its path from the root of the project. */
export type Contents = ReadonlyMap<string, string>;

/** What ends up in dist/ and running processes are made of: code, which is compiled, and the files of pages, which are copied. */
export function readCode(): Contents {
  return contentsOf(codeFiles());
}

/** What Prisma's client is generated from. */
export const readModels = (): Contents => contentsOf(modelFiles());

const modelFiles = (): string[] => globSync('prisma/**/*.prisma', { cwd: ROOT });

export function contentsOf(files: readonly string[]): Contents {
  const present = files.filter((file) => existsSync(join(ROOT, file)));
  return new Map(
    present.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(ROOT, file)))
        .digest('hex'),
    ]),
  );
}

function codeFiles(): string[] {
  const { exclude } = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as { exclude: string[] };
  const isBuilt = (file: string): boolean => !exclude.some((pattern) => new RegExp(pattern).test(file));
  return globSync(['{apps,libs/{features,platform}}/**/*.ts', '{apps,libs/{features,platform}}/**/page/*'], {
    cwd: ROOT,
  }).filter(isBuilt);
}

export const builtFile = (file: string): string => join('dist', file.replace(/\.ts$/, '.js'));

/** As make decides it: what is missing in dist/, or older there than its source or than the compiler's settings. */
export function outdatedCode(): string[] {
  const configuredAt = Math.max(...['.swcrc', 'package-lock.json'].map(changedAt));
  return codeFiles().filter((file) => writtenAt(builtFile(file)) < Math.max(changedAt(file), configuredAt));
}

/** Whether Prisma's client, which is code of libs/, is older than the models it is generated from. */
export function isClientOutdated(): boolean {
  const modelledAt = Math.max(...modelFiles().map(changedAt));
  return writtenAt('libs/platform/database/generated/client.ts') < Math.max(modelledAt, changedAt('package-lock.json'));
}

/** A file that was moved here was written long ago: when it came is in its entry (ctime). */
function changedAt(file: string): number {
  const { mtimeMs, ctimeMs } = statSync(join(ROOT, file), { throwIfNoEntry: false }) ?? { mtimeMs: 0, ctimeMs: 0 };
  return Math.max(mtimeMs, ctimeMs);
}

/** Never, for a file that does not exist. */
const writtenAt = (file: string): number => statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
