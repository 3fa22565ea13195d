import { writeFileSync } from 'node:fs';
import { currentDocument } from './document.ts';
import { OPENAPI_FILE } from './file.ts';

const document = await currentDocument();
writeFileSync(OPENAPI_FILE, `${JSON.stringify(document, null, 2)}\n`);
console.log(`wrote openapi.json: ${Object.keys(document.paths).length} paths`);
