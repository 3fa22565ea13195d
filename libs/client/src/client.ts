import createFetchClient, { type Client } from 'openapi-fetch';
import { refuseUnexpected } from './answers/unexpected-response.js';
import { KEYED_OPERATIONS, type paths } from './generated/api.js';
import { authorized } from './requests/authorized.js';
import type { Fetch } from './requests/fetch.js';
import { idempotencyKeys } from './requests/idempotency-keys.js';
import { RETRIES, type Retries, retrying } from './requests/retrying.js';
import type { TokenStore } from './requests/tokens.js';

/** Every operation of the API by its method and path, as openapi-fetch offers them: https://openapi-ts.dev/openapi-fetch. */
export type Api = Client<paths>;

export type ClientOptions = Readonly<{
  /** Where the API is, with the path it may have there. */
  baseUrl: string;
  /** Where the tokens of the session are kept. Without it requests are those of a stranger. */
  tokens?: TokenStore;
  /** `include` for a page that keeps its session in cookies, when the API has another origin than the page. */
  credentials?: RequestCredentials;
  retries?: Retries;
  /** What sends a request in the end. */
  fetch?: Fetch;
}>;

export function createClient({ baseUrl, tokens, credentials, retries = RETRIES, fetch = sendNow }: ClientOptions): Api {
  const send = retrying(fetch, retries);
  const client = createFetchClient<paths>({
    baseUrl,
    fetch: tokens ? authorized(send, { baseUrl, tokens, repeat: retrying(fetch, retries, () => true) }) : send,
    ...(credentials && { credentials }),
  });
  client.use(idempotencyKeys(KEYED_OPERATIONS), refuseUnexpected);
  return client;
}

/** Looked up with each request, so that what replaces the global one later is used as well. */
const sendNow: Fetch = (request) => globalThis.fetch(request);
