import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path/posix';

/**
 * `yours`: the project's alone, an update leaves it as it is.
 * `generated`: made anew from what an update has changed.
 * `template`: the template's, with the names of the project in it; an update merges what has changed there.
 */
export type Owner = 'yours' | 'generated' | 'template';

const OWNERS: readonly Owner[] = ['yours', 'generated', 'template'];

type Manifest = Readonly<Record<Owner, readonly string[]>>;

/** Of the checkout in `root`. */
export const readManifest = (root: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'tools/template/manifest.json'), 'utf8')) as Manifest;

/** Whose a file is. What the manifest does not know was made by the project. */
export const ownerOf = (path: string, manifest: Manifest): Owner =>
  OWNERS.find((owner) => manifest[owner].some((pattern) => matchesGlob(path, pattern))) ?? 'yours';
