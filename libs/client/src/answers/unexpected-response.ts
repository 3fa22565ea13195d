import type { Middleware } from 'openapi-fetch';

/** An answer that openapi.json knows nothing of: of a proxy before the API, most often. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  readonly response: Response;

  constructor(response: Response) {
    super(`${response.status} from ${response.url}, which is no answer of the API`);
    this.response = response;
  }
}

/** The API says what is wrong in JSON. A page of HTML must not be taken for a problem. */
export const refuseUnexpected: Middleware = {
  onResponse({ response }) {
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    if (response.status >= 400 && !isJson) throw new UnexpectedResponse(response);
  },
};
