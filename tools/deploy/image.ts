import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';

/** What the Dockerfile says of the image that serves, which manifests have to agree with. */
export type Image = Readonly<{ user: string; ports: readonly number[]; command: readonly string[]; files: string }>;

export function readImage(dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')): Image {
  const find = (pattern: RegExp): string => pattern.exec(dockerfile)?.[1] ?? '';
  return {
    user: find(/^USER (.+)$/m),
    ports: find(/^EXPOSE (.+)$/m)
      .split(' ')
      .map(Number),
    command: JSON.parse(find(/^CMD (.+)$/m) || '[]') as string[],
    files: find(/^ENV .*STORAGE_DIRECTORY=(\S+)/m),
  };
}
