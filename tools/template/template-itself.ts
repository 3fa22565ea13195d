import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What the template calls itself. A project that began here has none of these names: leftovers.ts looks for them. */
export const TEMPLATE = { name: 'backend-core-kit', title: 'Backend Core Kit', image: 'kit', prefix: 'kit' } as const;

/** Where a project remembers what it began with. The template has no such file. */
export const RECORD = 'template.json';

export const isTemplate = (root: string): boolean => !existsSync(join(root, RECORD));
