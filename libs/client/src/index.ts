import type { components } from './generated/api.js';

export { orThrow } from './answers/or-throw.js';
export { paginate } from './answers/paginate.js';
export { type Problem, ProblemError } from './answers/problem-error.js';
export { UnexpectedResponse } from './answers/unexpected-response.js';
export { type Api, type ClientOptions, createClient } from './client.js';
export type { operations, paths } from './generated/api.js';
export type { Fetch } from './requests/fetch.js';
export type { Retries } from './requests/retrying.js';
export { memoryTokens, type TokenStore, type Tokens } from './requests/tokens.js';

/** Every body that has a name in openapi.json, by it: `Schemas['Session']`. */
export type Schemas = components['schemas'];
