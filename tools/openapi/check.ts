import { existsSync, readFileSync } from 'node:fs';
import { differences, type OpenApiDocument } from './differences.ts';
import { currentDocument } from './document.ts';
import { OPENAPI_FILE } from './file.ts';

const current = await currentDocument();
const committed: OpenApiDocument = existsSync(OPENAPI_FILE)
  ? (JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as OpenApiDocument)
  : { paths: {} };
const found = differences(committed, current);

if (found.length > 0) {
  console.log(
    `openapi.json is out of date:\n  ${found.join('\n  ')}\nRun \`npm run openapi\` and commit what it writes.`,
  );
  process.exitCode = 1;
} else {
  console.log(`openapi.json describes all ${Object.keys(current.paths).length} paths`);
}
