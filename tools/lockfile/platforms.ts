type Entry = Readonly<{
  version?: string;
  dev?: boolean;
  license?: string;
  optional?: boolean;
  os?: readonly string[];
  cpu?: readonly string[];
  libc?: readonly string[];
  optionalDependencies?: Readonly<Record<string, string>>;
}>;
export type Lockfile = Readonly<{ packages: Readonly<Record<string, Entry>> }>;
export type Missing = Readonly<{ name: string; version: string; wantedBy: string }>;

const CPU = /-(arm64|x64|arm|ia32|ppc64|s390x|loong64|riscv64)(?=-|$)/;
const OS = /-(darwin|linux|win32|android|freebsd|openharmony)(?=-|$)/;

/** Builds for other machines that packages name and the lock file lacks: with one missing, `npm ci` refuses all of it. */
export function missingPlatforms({ packages }: Lockfile): readonly Missing[] {
  return Object.entries(packages).flatMap(([wantedBy, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, wantedBy, name))
      .map(([name, version]) => ({ name, version, wantedBy })),
  );
}

/** Looks where Node would look: beside the package, then ever further out. */
function isLocked(packages: Lockfile['packages'], from: string, name: string): boolean {
  const inside = from === '' ? '' : `${from}/`;
  if (`${inside}node_modules/${name}` in packages) return true;
  return from !== '' && isLocked(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}

/** Says what npm would have said of them, but for a checksum that only their registry knows. */
export function withPlatforms(lock: Lockfile): Lockfile {
  const packages = { ...lock.packages };
  for (const { name, version, wantedBy } of missingPlatforms(lock)) {
    packages[`node_modules/${name}`] = entryFor(name, version, lock.packages[wantedBy]);
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function entryFor(name: string, version: string, { dev, license }: Entry = {}): Entry {
  const limits = { cpu: listed(CPU.exec(name)?.[1]), libc: listed(libcOf(name)), os: listed(OS.exec(name)?.[1]) };
  // Stringifying leaves out what is undefined.
  return { version, dev, license, optional: true, ...limits };
}

function libcOf(name: string): string | undefined {
  if (/-musl/.test(name)) return 'musl';
  return /-linux-.*-gnu/.test(name) ? 'glibc' : undefined;
}

const listed = (value: string | undefined): string[] | undefined => (value === undefined ? undefined : [value]);
