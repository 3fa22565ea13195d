import { requireDocumented } from './contract.js';

export type Answer = Readonly<{
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, text otherwise. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a client of the contract: what is in it is what the tests assert
  body: any;
}>;

type Options = Readonly<{ token?: string; headers?: Record<string, string>; body?: unknown }>;

/** Speaks HTTP with a running API, as any client would, and believes no answer that openapi.json does not name. */
export class ApiClient {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get = (path: string, options?: Options): Promise<Answer> => this.send('GET', path, options);
  post = (path: string, body?: unknown, options?: Options): Promise<Answer> =>
    this.send('POST', path, { ...options, body });

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
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer = {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
    requireDocumented({ method, path, ...answer });
    return answer;
  }
}
