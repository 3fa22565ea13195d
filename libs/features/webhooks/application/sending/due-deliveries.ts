import type { Attempt } from '../../domain/delivery.js';
import type { DisabledReason } from '../../domain/endpoint.js';

export type DueEndpoint = Readonly<{ id: string; isFailing: boolean }>;

export type Taken = Readonly<{
  id: string;
  messageId: string;
  body: string;
  /** Before this one. */
  attempts: number;
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

/** What waits to be sent. One worker serves an endpoint at a time, under a lease, by the clock of Postgres. */
export abstract class DueDeliveries {
  /** Endpoints that are enabled, that nobody serves, and for which something is due. */
  abstract endpoints(): Promise<readonly DueEndpoint[]>;

  /** Those that have waited longest, of an endpoint that fails one alone, with a lease for a round. Null when nothing is due, or another has it. */
  abstract take(endpointId: string): Promise<Round | null>;

  /** What another worker has settled meanwhile, after the lease, is left alone. */
  abstract settle(settled: readonly Settled[]): Promise<void>;

  /** Another worker may serve it at once. */
  abstract release(endpointId: string): Promise<void>;

  /** Of the endpoint, after a round. A time that is there already stays. */
  abstract setFailing(endpointId: string, since: Date | null): Promise<void>;

  /** False when it was already. */
  abstract disable(endpointId: string, reason: DisabledReason): Promise<boolean>;
}
