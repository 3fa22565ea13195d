import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { Delivery, DeliveryStatus } from '../domain/delivery.js';
import type { Message } from '../domain/message.js';
import type { Viewer } from './endpoints.repository.js';

export type DeliveryFilter = Readonly<{
  endpointId?: string | undefined;
  status?: DeliveryStatus | undefined;
}>;

export abstract class DeliveriesRepository {
  /** One for each endpoint that has none of that message, due at once. */
  abstract add(message: Message, endpointIds: readonly string[], now: Date): Promise<readonly string[]>;

  /** Null for one of somebody else's endpoint. */
  abstract find(id: string, viewer: Viewer): Promise<Delivery | null>;

  /** Newest first. */
  abstract list(viewer: Viewer, filter: DeliveryFilter, page: PageRequest<string>): Promise<Page<Delivery>>;

  /** Due at once, with all attempts. */
  abstract redeliver(id: string): Promise<void>;

  /** The same for what was made for the endpoint since then and has ended. @returns how many */
  abstract redeliverSince(endpointId: string, since: Date): Promise<number>;
}
