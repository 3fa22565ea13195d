import type { Attempt } from '../../domain/delivery.js';
import type { DisabledReason } from '../../domain/endpoint.js';

export type DueEndpoint = Readonly<{ id: string; isFailing: boolean }>;

/** One that this worker has, until its lease ends. */
export type Taken = Readonly<{
  id: string;
  messageId: string;
  body: string;
  /** Before this one. */
  attempts: number;
  lease: Date;
}>;

export type Round = Readonly<{
  url: string;
  /** The one of today first. None when no one can be read any more: its owner has to rotate it. */
  secrets: readonly string[];
  failingSince: Date | null;
  deliveries: readonly Taken[];
}>;

/** How one ends, or in how many milliseconds it is tried again. */
export type Settled = Readonly<{ taken: Taken; attempt: Attempt; next: 'delivered' | 'failed' | number }>;

/** What the sender takes and gives back. By the clock of Postgres. */
export abstract class DueDeliveries {
  /** Endpoints that are enabled, and for which something is due. */
  abstract endpoints(): Promise<readonly DueEndpoint[]>;

  /** Those that have waited longest, of an endpoint that fails one alone. Nobody else takes them within the lease. */
  abstract take(endpointId: string): Promise<Round | null>;

  /** What another worker has taken meanwhile, after the lease, is logged and left alone. */
  abstract settle(settled: readonly Settled[]): Promise<void>;

  /** So that another worker has them at once. */
  abstract giveBack(taken: readonly Taken[]): Promise<void>;

  /** Of the endpoint, after a round. A time that is there already stays. */
  abstract setFailing(endpointId: string, since: Date | null): Promise<void>;

  /** False when it was already. */
  abstract disable(endpointId: string, reason: DisabledReason): Promise<boolean>;
}
