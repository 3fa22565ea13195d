import { createApp } from '#apps/api/src/app.js';
import { loadEnv } from '#platform/config/load-env.js';
import { openApiDocument } from '#platform/openapi/document.js';
import { aValidEnv } from '../../libs/platform/testing/env.factory.ts';
import type { OpenApiDocument } from './differences.ts';

/** The document of the real application, which is built but never started: no port, no database. */
export async function currentDocument(): Promise<OpenApiDocument> {
  const app = await createApp(loadEnv(aValidEnv()));
  // Through JSON, so that what is undefined is gone, as it is in the file.
  const document = JSON.parse(JSON.stringify(openApiDocument(app))) as OpenApiDocument;

  if (Object.keys(document.paths).length === 0) throw new Error('The application has no routes: is it the right one?');
  return { ...document, paths: sorted(document.paths) };
}

/** The order of modules is nobody's contract; a file that follows it would change with it. */
function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
