import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { type Json, merged, type Tree } from './merge.ts';

export type Manifest = Tree & Readonly<{ apiVersion: string; kind: string; metadata: Readonly<{ name: string }> }>;

type Image = Readonly<{ name: string; newName: string; newTag: string }>;
type Settings = Readonly<{ name: string; behavior?: string; literals: readonly string[] }>;

/** What is used of it; anything more is refused, so that nobody believes it was checked. */
type Kustomization = Readonly<{
  resources: readonly string[];
  namespace?: string;
  images?: readonly Image[];
  configMapGenerator?: readonly Settings[];
  patches?: readonly Readonly<{ path: string }>[];
}>;

const KNOWN = ['apiVersion', 'kind', 'resources', 'namespace', 'images', 'configMapGenerator', 'patches'];

/**
 * What `kubectl kustomize` makes of a folder, for machines without it. kustomize also ends names of ConfigMaps with a hash; here they go without.
 * @throws when the folder asks for what this does not know
 */
export function build(folder: string): readonly Manifest[] {
  const file = join(folder, 'kustomization.yaml');
  const kustomization = parse(readFileSync(file, 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0) throw new Error(`${file}: ${unknown.join(', ')} is not read by tools/deploy/kustomize.ts`);

  const { resources, images = [], configMapGenerator = [], patches = [], namespace } = kustomization;
  let manifests = resources.flatMap((path) =>
    path.endsWith('.yaml') ? read(join(folder, path)) : build(join(folder, path)),
  );
  for (const settings of configMapGenerator) manifests = withSettings(manifests, settings);
  for (const { path } of patches)
    for (const patch of read(join(folder, path))) manifests = patched(manifests, patch, join(folder, path));
  return manifests.map((manifest) => inNamespace(withImages(manifest, images), namespace));
}

/** The documents of a file. @throws when one of them is no YAML */
function read(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    return document.toJS() as Manifest;
  });
}

const isSame = (one: Manifest, other: Manifest): boolean =>
  one.apiVersion === other.apiVersion && one.kind === other.kind && one.metadata.name === other.metadata.name;

function patched(manifests: readonly Manifest[], patch: Manifest, file: string): Manifest[] {
  if (!manifests.some((manifest) => isSame(manifest, patch)))
    throw new Error(`${file} changes a ${patch.kind} ${patch.metadata.name} that is not there`);
  return manifests.map((manifest) => (isSame(manifest, patch) ? (merged(manifest, patch) as Manifest) : manifest));
}

function withSettings(manifests: readonly Manifest[], { name, behavior, literals }: Settings): Manifest[] {
  const data = Object.fromEntries(literals.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
  return behavior === 'merge' ? patched(manifests, map, name) : [...manifests, map];
}

/** Of containers, wherever they stand. */
function withImages<T extends Json>(value: T, images: readonly Image[]): T {
  if (Array.isArray(value)) return value.map((item: Json) => withImages(item, images)) as unknown as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Tree).map(([key, item]) => {
    const image = key === 'image' ? images.find(({ name }) => name === item) : undefined;
    return [key, image ? `${image.newName}:${image.newTag}` : withImages(item, images)];
  });
  return Object.fromEntries(entries) as T;
}

function inNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  if (namespace === undefined) return manifest;
  const key = manifest.kind === 'Namespace' ? 'name' : 'namespace';
  return { ...manifest, metadata: { ...manifest.metadata, [key]: namespace } };
}
