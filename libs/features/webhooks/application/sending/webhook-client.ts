import type { Attempt } from '../../domain/delivery.js';

export type Outgoing = Readonly<{
  url: string;
  /** `webhook-id`. */
  messageId: string;
  body: string;
  /** Of the attempt. */
  at: Date;
  /** Each signs it. Without one nothing is sent, as nobody could verify it. */
  secrets: readonly string[];
}>;
export type Answered = Omit<Attempt, 'id' | 'at'> & Readonly<{ retryAfterMs: number }>;

/** Calls a receiver once, within 15 seconds. */
export abstract class WebhookClient {
  /** Whatever becomes of it is an answer. @throws the reason of the signal */
  abstract send(message: Outgoing, signal: AbortSignal): Promise<Answered>;
}
