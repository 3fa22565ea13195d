import satisfies from 'spdx-satisfies';
import { ALLOWED, ALLOWED_FOR_TOOLS } from './allowed.ts';

type Entry = Readonly<{ license?: string; dev?: boolean; devOptional?: boolean; link?: boolean }>;
export type Lockfile = Readonly<{ packages: Readonly<Record<string, Entry>> }>;

const FOLDER = 'node_modules/';

/**
 * One line for each package whose licence is not among those allowed, and for each exception that nothing needs. An exception that ends with
 * `*` is about a family of packages, which is there or not, as the part that uses it.
 */
export function licenseObjections({ packages }: Lockfile, exceptions: Readonly<Record<string, string>>): string[] {
  const refused = Object.entries(packages)
    // Those outside are folders of this repository.
    .filter(([path, { link }]) => path.includes(FOLDER) && !link)
    .filter(([, entry]) => !isAllowed(entry))
    .map(([path, { license = 'none' }]) => ({ name: nameOf(path), license }));
  const names = new Set(refused.map(({ name }) => name));
  return [
    ...refused.filter(({ name }) => !isException(name, exceptions)).map(({ name, license }) => `${name}: ${license}`),
    ...Object.keys(exceptions)
      .filter((name) => !name.endsWith('*') && !names.has(name))
      .map((name) => `${name}: needs no exception`),
  ];
}

const isException = (name: string, exceptions: Readonly<Record<string, string>>): boolean =>
  Object.keys(exceptions).some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));

const nameOf = (path: string): string => path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);

function isAllowed({ license = '', dev = false, devOptional = false }: Entry): boolean {
  try {
    return satisfies(license, dev || devOptional ? ALLOWED_FOR_TOOLS : ALLOWED);
  } catch {
    // No expression of SPDX.
    return false;
  }
}
