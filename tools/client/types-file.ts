import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';

export const DOCUMENT = join(ROOT, 'openapi.json');
export const TYPES = join(ROOT, 'libs/client/src/generated/api.ts');

const MADE_OF = [DOCUMENT, join(ROOT, 'package-lock.json'), join(import.meta.dirname, 'types-of-document.ts')];

/** As make decides it: when they are missing, or older than what they are made of. Where there is no document, as in a build of the image, nobody needs them. */
export function areTypesOutdated(): boolean {
  return writtenAt(DOCUMENT) > 0 && writtenAt(TYPES) < Math.max(...MADE_OF.map(writtenAt));
}

const writtenAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
