import { isDeepStrictEqual } from 'node:util';

type Json = Readonly<Record<string, unknown>>;

/** `conflicts`: where both changed the same; there `ours` stands. */
export type Merged = Readonly<{ text: string; conflicts: readonly string[] }>;

/** package.json by its entries, not by its lines: two that each add a package beside the other's have no conflict. */
export function mergePackageFile(base: string, ours: string, theirs: string): Merged {
  const conflicts: string[] = [];
  const merged = merge('', [base, ours, theirs].map((text) => JSON.parse(text)) as [Json, Json, Json], conflicts);
  return { text: `${JSON.stringify(merged, null, 2)}\n`, conflicts };
}

function merge(at: string, [base, ours, theirs]: readonly [unknown, unknown, unknown], conflicts: string[]): unknown {
  if (isDeepStrictEqual(theirs, base) || isDeepStrictEqual(theirs, ours)) return ours;
  if (isDeepStrictEqual(ours, base)) return theirs;
  if (isObject(ours) && isObject(theirs))
    return mergeEntries(at, [isObject(base) ? base : {}, ours, theirs], conflicts);
  conflicts.push(at);
  return ours;
}

function mergeEntries(at: string, [base, ours, theirs]: readonly [Json, Json, Json], conflicts: string[]): Json {
  const entries = keysOf(ours, theirs).map((key) => {
    const path = at === '' ? key : `${at}.${key}`;
    return [key, merge(path, [base[key], ours[key], theirs[key]], conflicts)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Those of ours, and each new one behind the one that it stands behind in theirs. */
function keysOf(ours: Json, theirs: Json): string[] {
  const keys = Object.keys(ours);
  Object.keys(theirs).forEach((key, index, all) => {
    if (!keys.includes(key)) keys.splice(keys.indexOf(String(all[index - 1])) + 1, 0, key);
  });
  return keys;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
