import { z } from 'zod';
import { fileVariables } from './env/files.js';
import { httpVariables } from './env/http.js';
import { identityVariables } from './env/identity.js';
import { operationVariables } from './env/operation.js';
import { storeVariables } from './env/stores.js';

/**
 * Every variable the service reads, in the order in which it is documented. In env/ each has a property on each line: what it may be;
 * its default, or that it is optional (with neither it is required); whether it is secret; what it is for.
 *
 * `npm run docs` writes docs/environment.md and .env.example from them. Each can also be given as NAME_FILE, the path of a file
 * that holds the value. Rules about several variables stand in rules.ts.
 */
export const envSchema = z.object({
  ...httpVariables,
  ...storeVariables,
  ...fileVariables,
  ...identityVariables,
  ...operationVariables,
});

export type Env = Readonly<z.infer<typeof envSchema>>;
