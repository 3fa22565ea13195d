export type Json = string | number | boolean | null | readonly Json[] | Tree;
export type Tree = { readonly [key: string]: Json };

/** A strategic merge as Kubernetes does it: maps key by key, lists of containers by their name, other lists as a whole. */
export function merged(base: Json | undefined, patch: Json, key = ''): Json {
  if (isTree(base) && isTree(patch)) {
    const entries = Object.entries(patch).map(([name, value]) => [name, merged(base[name], value, name)]);
    return { ...base, ...Object.fromEntries(entries) };
  }
  if (key === 'containers' && Array.isArray(base) && Array.isArray(patch)) return mergedByName(base, patch);
  return patch;
}

function mergedByName(base: readonly Tree[], patch: readonly Tree[]): Tree[] {
  const changed = base.map((item) => merged(item, patch.find(({ name }) => name === item.name) ?? {}) as Tree);
  return [...changed, ...patch.filter(({ name }) => !base.some((item) => item.name === name))];
}

const isTree = (value: Json | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
