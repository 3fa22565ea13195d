import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../../bootstrap/install.mjs';
import { ROOT } from '../../bootstrap/places.mjs';
import { missing, ok } from '../finding.mjs';

export const packageFacts = () => ({ isInstalled: isInstalled(), isThere: existsSync(join(ROOT, 'node_modules')) });

/** @param {{ isInstalled: boolean, isThere: boolean }} facts */
export function checkPackages({ isInstalled, isThere }) {
  if (isInstalled) return ok('Packages', 'as package-lock.json says');
  return missing('Packages', isThere ? 'not those of package-lock.json' : 'not installed', 'npm ci');
}
