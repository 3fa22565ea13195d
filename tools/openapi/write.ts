import { writeFileSync } from 'node:fs';
import { currentDocument, OPENAPI_FILE } from './document.ts';

const document = await currentDocument();
writeFileSync(OPENAPI_FILE, `${JSON.stringify(document, null, 2)}\n`);
console.log(`wrote openapi.json: ${Object.keys(document.paths).length} paths`);
