/** Brings what libs/client knows of the API up to date with openapi.json. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { areTypesOutdated, DOCUMENT, TYPES } from './types-file.ts';

if (areTypesOutdated()) {
  const { typesOfDocument } = await import('./types-of-document.ts');
  const types = await typesOfDocument(readFileSync(DOCUMENT, 'utf8'));
  mkdirSync(dirname(TYPES), { recursive: true });
  writeFileSync(TYPES, types);
}
