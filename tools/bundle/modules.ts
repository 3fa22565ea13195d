import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'rolldown';
import { ROOT } from '../servers/local-directory.ts';

/**
 * Modules of this project as they were compiled, with the maps to their TypeScript. They go on to find the files beside them, such as pages:
 * import.meta.url is the address they have in dist/, seen from `folder`, where they end up.
 */
export const ownModules = (folder: string): Plugin => ({
  name: 'own-modules',
  load: {
    filter: { id: /\/dist\/.*\.js$/ },
    handler: (id) => {
      if (!id.startsWith(join(ROOT, 'dist/'))) return null;
      const place = relative(join(ROOT, folder), id).split(sep).join('/');
      const code = readFileSync(id, 'utf8').replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`);
      return { code, map: readFileSync(`${id}.map`, 'utf8') };
    },
  },
});

/** Modules of packages without a map, which would be ten times as long as ours: Node reads it together with the file. */
export const packageModules: Plugin = {
  name: 'package-modules',
  load: {
    filter: { id: /\/node_modules\/.*\.[cm]?js$/ },
    handler: (id) => ({ code: readFileSync(id, 'utf8'), map: { mappings: '' } }),
  },
};
