import { WebhookDeliveryPending } from './webhook.errors.js';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What became of sending it once. */
export type Attempt = Readonly<{
  at: Date;
  durationMs: number;
  /** Null when there was no answer. */
  status: number | null;
  /** Why there was none. */
  failure: string | null;
  /** How the answer begins, without secrets. */
  answer: string;
}>;

/** One event on its way to one endpoint. */
export type Delivery = Readonly<{
  id: string;
  endpointId: string;
  /** `webhook-id`: the same for all attempts. */
  messageId: string;
  event: string;
  status: DeliveryStatus;
  createdAt: Date;
  nextAttemptAt: Date | null;
  endedAt: Date | null;
  /** The latest first. */
  attempts: readonly Attempt[];
}>;

/** Any success of HTTP. What leads elsewhere is none: following it would be to ask somebody who is not subscribed. */
export const isSuccess = ({ status }: Pick<Attempt, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300;

/** @throws WebhookDeliveryPending */
export function requireEnded({ status }: Delivery): void {
  if (status === 'pending') throw new WebhookDeliveryPending();
}
