import { once } from 'node:events';
import { request } from 'node:http';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere } from '#platform/testing/system/people.js';

export type Refreshed = Readonly<{ refreshToken: string; accessToken: string }>;

const PATH = '/v1/auth/refresh';
/** A service that has no time right now says so with 503, and any client asks again. */
const PATIENCE = 20;

/** Asks several processes in turn, as a load balancer does, and each time from another network: those are limited. */
export class RefreshingClient {
  asked = 0;
  turnedAway = 0;
  private readonly urls: readonly string[];

  constructor(urls: readonly string[]) {
    this.urls = urls;
  }

  anyApi(): ApiClient {
    return new ApiClient(this.nextUrl());
  }

  /** Null when the token is refused. */
  async refresh(refreshToken: string): Promise<Refreshed | null> {
    const { status, body } = await this.ask(refreshToken);
    if (status === 401 && /^REFRESH_TOKEN_(INVALID|REUSED)$/.test(body.code)) return null;
    if (status !== 200) throw new Error(`A refresh was answered with ${status}: ${JSON.stringify(body)}`);
    return body.data as Refreshed;
  }

  async codeOfRefusal(refreshToken: string): Promise<string | undefined> {
    return (await this.ask(refreshToken)).body.code as string | undefined;
  }

  /** The connection ends when the head of the answer arrives; nobody reads the tokens that follow. */
  async loseAnswer(refreshToken: string): Promise<void> {
    const { headers } = fromElsewhere();
    const lost = request(this.nextUrl() + PATH, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
    });
    lost.end(JSON.stringify({ refreshToken }));
    await once(lost, 'response');
    lost.destroy();
  }

  private async ask(refreshToken: string) {
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      const answer = await this.anyApi().post(PATH, { refreshToken }, fromElsewhere());
      if (answer.status !== 503) return answer;
      this.turnedAway++;
    }
    throw new Error('The service is never available');
  }

  private nextUrl(): string {
    return this.urls[this.asked++ % this.urls.length] as string;
  }
}
