import { readFileSync } from 'node:fs';
import { OPENAPI_FILE } from './file.ts';
import { objectionsToExamples } from './lint/examples.ts';
import { objectionsToHeadings } from './lint/headings.ts';
import type { Document } from './lint/operations.ts';
import { objectionsOfRedocly } from './lint/redocly.ts';

const document = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as Document;
const found = [
  ...objectionsToHeadings(document),
  ...objectionsToExamples(document),
  ...(await objectionsOfRedocly(document)),
];

if (found.length > 0) {
  console.log(`openapi.json leaves its readers alone:\n  ${found.join('\n  ')}`);
  process.exitCode = 1;
} else {
  console.log('openapi.json tells what a reader asks of every operation');
}
