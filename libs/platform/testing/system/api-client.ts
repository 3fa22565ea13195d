import { type Api, createClient, type Fetch, memoryTokens } from '#client/index.js';
import { requireDocumented } from './contract.js';

export type Answer = Readonly<{
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, text otherwise. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a client of the contract: what is in it is what the tests assert
  body: any;
}>;

type Options = Readonly<{ token?: string; headers?: Record<string, string>; body?: unknown }>;

/** A repetition would hide an answer that nobody should get. */
const ONCE = { times: 0, longestWaitMs: 0 };

/** Speaks HTTP with a running API, as any client would, and believes no answer that openapi.json does not name. */
export class ApiClient {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get = (path: string, options?: Options): Promise<Answer> => this.send('GET', path, options);
  post = (path: string, body?: unknown, options?: Options): Promise<Answer> =>
    this.send('POST', path, { ...options, body });

  /** The client that front ends install: what is sent and answered has the types of openapi.json. Without a token it is a stranger's. */
  as(token?: string): Api {
    const tokens = memoryTokens(token === undefined ? null : { accessToken: token });
    return createClient({ baseUrl: this.url, tokens, retries: ONCE, fetch: documented });
  }

  async send(method: string, path: string, { token, headers = {}, body }: Options = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: response.headers,
      body: isJson(response.headers) && text !== '' ? JSON.parse(text) : text,
    };
    requireDocumented({ method, path, ...answer });
    return answer;
  }
}

const documented: Fetch = async (request) => {
  const answer = await fetch(request);
  const { status, headers } = answer;
  const body: unknown = isJson(headers) ? await answer.clone().json() : null;
  requireDocumented({ method: request.method, path: new URL(request.url).pathname, status, headers, body });
  return answer;
};

const isJson = (headers: Headers): boolean => /json/.test(headers.get('content-type') ?? '');
