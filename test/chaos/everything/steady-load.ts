import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, ApiClient } from '#platform/testing/system/api-client.js';
import { sendParcel } from '../../parcels.ts';

const SENDERS = 20;
const REST_MS = 100;
const AGAIN_MS = 250;

/**
 * People who send a parcel, look at it, and rest for a moment. Who is told to come again does so under the same key, until the parcel is
 * acknowledged.
 */
export class SteadyLoad {
  /** Ids of the parcels that a 201 told of. */
  readonly acknowledged: string[] = [];
  /** How often which answer was given: a status, and the code of a problem. */
  readonly answers = new Map<string, number>();
  private isOver = false;

  constructor(
    private readonly service: () => ApiClient,
    private readonly token: string,
  ) {}

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: SENDERS }, () => this.send()));
  }

  /** Everybody ends what they have begun. */
  end(): void {
    this.isOver = true;
  }

  private async send(): Promise<void> {
    while (!this.isOver) {
      const key = randomUUID();
      const { body } = await this.untilAccepted(() => sendParcel(this.service(), { token: this.token, key }));
      this.acknowledged.push(body.data.id);
      await this.noted(() => this.service().get(`/v1/parcels/${body.data.id}`, { token: this.token }));
      await delay(REST_MS);
    }
  }

  private async untilAccepted(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await this.noted(ask);
      if (answer?.status === 201) return answer;
      await delay(AGAIN_MS);
    }
  }

  private async noted(ask: () => Promise<Answer>): Promise<Answer | null> {
    const answer = await ask().catch((error: Error) => error);
    this.note(answer instanceof Error ? `no answer: ${answer.cause ?? answer}` : kindOf(answer));
    return answer instanceof Error ? null : answer;
  }

  private note(kind: string): void {
    this.answers.set(kind, (this.answers.get(kind) ?? 0) + 1);
  }
}

function kindOf({ status, headers, body }: Answer): string {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
  return isProblem ? `${status} ${body.code}` : String(status);
}
