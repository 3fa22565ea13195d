import { existsSync, globSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runIn } from '../../features/run-in.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { type Owner, ownerOf, readManifest } from '../manifest.ts';
import { type Record, writeRecord } from '../record.ts';
import { git } from './git.ts';
import type { Source } from './source.ts';

const RENDER = 'tools/template/update/render-checkout.ts';
const TABLE_OR_TYPE = /@@map\("(\w+)"\)/g;

/** A version of the template, as the project would have begun with it. */
export type Version = Readonly<{
  commit: string;
  /** That package.json of the template says. */
  number: string;
  /** Where it stands. */
  folder: string;
  /** Tables and types of the parts that the project does without. */
  absentTables: readonly string[];
}>;

/**
 * The tools of that version write the names and take out the parts: they know it.
 * @throws Error for a version that is older than this command
 */
export function renderVersion(source: Source, commit: string, record: Record, folder: string): Version {
  source.checkOut(commit, folder);
  if (!existsSync(join(folder, RENDER)))
    throw new Error(
      `${commit.slice(0, 12)} of the template has no ${RENDER}: nothing can be updated from it, or to it.`,
    );

  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const all = tablesIn(folder);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeRecord(folder, record);
  runIn(folder, [RENDER]);
  const left = new Set(tablesIn(folder));
  return { commit, number: version, folder, absentTables: all.filter((table) => !left.has(table)) };
}

export function filesOf(owner: Owner, { folder }: Version): string[] {
  const manifest = readManifest(folder);
  const names = git(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0');
  return names.filter((name) => ownerOf(name, manifest) === owner && isFile(join(folder, name))).sort();
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const tablesIn = (folder: string): string[] =>
  globSync('prisma/models/*.prisma', { cwd: folder }).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(TABLE_OR_TYPE)].map(([, name]) => String(name)),
  );
