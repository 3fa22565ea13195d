import type { Attempt } from '../../domain/delivery.js';
import type { Round } from './due-deliveries.js';

export type Answered = Omit<Attempt, 'at'> & Readonly<{ retryAfterMs: number }>;

/** Calls receivers, each once and for fifteen seconds at the most. */
export abstract class WebhookClient {
  /**
   * The whole round at the same time. Each delivery is signed by all secrets, and sent by none where there are none: nobody could verify it.
   * @param at the time of the attempts @returns what became of each, in their order; null where `stopping` was aborted before its end
   */
  abstract send(round: Round, at: Date, stopping: AbortSignal): Promise<readonly (Answered | null)[]>;
}
