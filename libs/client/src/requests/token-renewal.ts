import type { paths } from '../generated/api.js';
import type { Fetch } from './fetch.js';
import type { TokenStore, Tokens } from './tokens.js';

const REFRESH = '/v1/auth/refresh' satisfies keyof paths;
type Renewed = paths[typeof REFRESH]['post']['responses'][200]['content']['application/json'];

export type Renewing = Readonly<{
  baseUrl: string;
  tokens: TokenStore;
  /** Sends again when there is no answer: one refresh token has one successor, which the API tells again. */
  repeat: Fetch;
}>;

/** New tokens for those that have expired, asked for once by all requests that need them at the same time. */
export class TokenRenewal {
  private readonly options: Renewing;
  private running: Promise<Response | null> | null = null;

  constructor(options: Renewing) {
    this.options = options;
  }

  /**
   * Afterwards the store has other tokens than `used`, or none when the session is over.
   * @returns an answer that says neither, because the API cannot tell now
   */
  async replace(used: Tokens, credentials: RequestCredentials): Promise<Response | null> {
    this.running ??= this.renew(used, credentials).finally(() => {
      this.running = null;
    });
    return (await this.running)?.clone() ?? null;
  }

  private async renew(used: Tokens, credentials: RequestCredentials): Promise<Response | null> {
    if (!(await this.isCurrent(used))) return null;

    const answer = await this.options.repeat(this.request(used, credentials));
    if (answer.status === 429 || answer.status >= 500) return answer;
    const next = answer.ok ? ((await answer.json()) as Renewed).data : null;
    // Who has signed out or in meanwhile does not want these.
    if (await this.isCurrent(used)) await this.options.tokens.save(next);
    return null;
  }

  private async isCurrent(used: Tokens): Promise<boolean> {
    return (await this.options.tokens.load())?.accessToken === used.accessToken;
  }

  /** A refresh token that is not in a cookie is sent in the body. */
  private request({ refreshToken, csrfToken }: Tokens, credentials: RequestCredentials): Request {
    const init: RequestInit =
      csrfToken === undefined
        ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refreshToken }) }
        : { headers: { 'X-CSRF-Token': csrfToken } };
    return new Request(this.options.baseUrl.replace(/\/$/, '') + REFRESH, { method: 'POST', credentials, ...init });
  }
}
