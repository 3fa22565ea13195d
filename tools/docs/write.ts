import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { envSchema } from '#platform/config/env.js';
import { statusOf } from '#platform/http/errors/http.errors.js';
import { slugOf } from '#platform/http/problems/problem.js';
import { definedRateLimits, type RateLimit } from '#platform/http/rate-limit/rate-limit.js';
import { definedRetentions, type RetentionDefinition } from '#platform/jobs/retention/retention.js';
import { definedErrors } from '#platform/kernel/errors/app-error.js';
import { catalogueOf } from '../privacy/catalogue.ts';
import { environmentDocument, environmentExample } from './environment.ts';
import { brokenPromises, type DocumentedError, errorsDocument } from './errors.ts';
import { lineDiff } from './line-diff.ts';
import { privacyDocument } from './privacy.ts';
import { rateLimitsDocument } from './rate-limits.ts';
import { RETIRED_ERRORS } from './retired-errors.ts';
import { variablesOf } from './variables.ts';

const ROOT = new URL('../../', import.meta.url);

const read = (path: string): string =>
  existsSync(new URL(path, ROOT)) ? readFileSync(new URL(path, ROOT), 'utf8') : '';

/** Errors and rate limits are defined where modules are loaded; with both apps loaded, all of them are. */
async function loadModules(): Promise<void> {
  await import('#apps/api/src/app.js');
  await import('#apps/worker/src/worker.module.js');
}

async function documentedErrors(): Promise<DocumentedError[]> {
  await loadModules();
  const errors = definedErrors().map((definition) => ({
    ...definition,
    slug: slugOf(definition),
    status: statusOf(definition),
  }));
  if (errors.length === 0) throw new Error('No error is defined: did the modules load?');
  return errors;
}

async function documentedRateLimits(): Promise<RateLimit[]> {
  await loadModules();
  return [...definedRateLimits().values()];
}

async function documentedRetentions(): Promise<RetentionDefinition[]> {
  await loadModules();
  return [...definedRetentions().values()];
}

async function documents(): Promise<Record<string, string>> {
  const variables = variablesOf(envSchema);
  return {
    'docs/environment.md': environmentDocument(variables),
    '.env.example': environmentExample(variables),
    'docs/errors.md': errorsDocument(await documentedErrors(), RETIRED_ERRORS),
    'docs/rate-limits.md': rateLimitsDocument(await documentedRateLimits()),
    'docs/privacy.md': privacyDocument(catalogueOf(fileURLToPath(ROOT)).tables, await documentedRetentions()),
  };
}

function check(generated: Record<string, string>): void {
  const stale = Object.entries(generated).filter(([path, text]) => read(path) !== text);
  for (const [path, text] of stale)
    console.log([`${path} is out of date:`, ...lineDiff(read(path), text)].join('\n  '));
  if (stale.length > 0) throw new Error('Run `npm run docs` and commit what it writes.');
}

function write(generated: Record<string, string>): void {
  for (const [path, text] of Object.entries(generated)) {
    writeFileSync(fileURLToPath(new URL(path, ROOT)), text);
    console.log(`wrote ${path}`);
  }
}

try {
  const promises = brokenPromises(read('docs/errors.md'), await documentedErrors(), RETIRED_ERRORS);
  if (promises.length > 0) throw new Error(promises.join('\n'));
  (process.argv.includes('--check') ? check : write)(await documents());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
