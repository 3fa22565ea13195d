/** The end of `npm run build`: dist/bundle/, which needs nothing but Node and dist/ to run. Compile before. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { bundle, SHIPPED } from './bundle.ts';
import { copyExternalPackages } from './external-packages.ts';
import { licencesOf } from './licences.ts';

const FOLDER = 'dist/bundle';

const packages = await bundle(SHIPPED, FOLDER);
copyExternalPackages('dist');
writeFileSync(join(ROOT, FOLDER, 'LICENSES.txt'), licencesOf(packages));
console.log(`${FOLDER}: ${Object.keys(SHIPPED).join(', ')}`);
