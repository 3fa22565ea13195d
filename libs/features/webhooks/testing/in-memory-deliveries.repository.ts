import { newId } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { DeliveriesRepository, DeliveryFilter } from '../application/deliveries.repository.js';
import type { EndpointsRepository, Viewer } from '../application/endpoints.repository.js';
import type { Delivery, DeliveryStatus } from '../domain/delivery.js';
import type { Message } from '../domain/message.js';

export class InMemoryDeliveriesRepository implements DeliveriesRepository {
  readonly messages: Message[] = [];
  private readonly rows = new Map<string, Delivery>();

  constructor(private readonly endpoints: EndpointsRepository) {}

  async add(message: Message, endpointIds: readonly string[], now: Date): Promise<readonly string[]> {
    this.messages.push(message);
    const known = [...this.rows.values()].filter(({ messageId }) => messageId === message.id);
    const added = endpointIds
      .filter((endpointId) => !known.some((delivery) => delivery.endpointId === endpointId))
      .map((endpointId) => aPendingDelivery(message, endpointId, now));
    for (const delivery of added) this.put(delivery);
    return added.map(({ id }) => id);
  }

  async find(id: string, viewer: Viewer): Promise<Delivery | null> {
    const delivery = this.rows.get(id);
    return delivery && (await this.endpoints.find(delivery.endpointId, viewer)) ? delivery : null;
  }

  async list(viewer: Viewer, { endpointId, status }: DeliveryFilter, { limit, after }: PageRequest<string>) {
    const visible = await Promise.all([...this.rows.keys()].map((id) => this.find(id, viewer)));
    const deliveries = visible
      .filter((delivery) => delivery !== null)
      .filter((delivery) => endpointId === undefined || delivery.endpointId === endpointId)
      .filter((delivery) => status === undefined || delivery.status === status)
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(deliveries, limit, ({ id }) => id) satisfies Page<Delivery>;
  }

  async redeliver(id: string): Promise<void> {
    const delivery = this.rows.get(id);
    if (delivery) this.put({ ...delivery, status: 'pending', nextAttemptAt: new Date(), endedAt: null });
  }

  async redeliverSince(endpointId: string, since: Date): Promise<number> {
    const again = [...this.rows.values()].filter(
      (delivery) => delivery.endpointId === endpointId && delivery.createdAt >= since && delivery.status !== 'pending',
    );
    for (const { id } of again) await this.redeliver(id);
    return again.length;
  }

  /** As the worker does. */
  end(id: string, status: DeliveryStatus): void {
    const delivery = this.rows.get(id);
    if (delivery) this.put({ ...delivery, status, nextAttemptAt: null, endedAt: new Date() });
  }

  private put(delivery: Delivery): void {
    this.rows.set(delivery.id, delivery);
  }
}

const aPendingDelivery = ({ id: messageId, event }: Message, endpointId: string, now: Date): Delivery => ({
  id: newId(),
  endpointId,
  messageId,
  event,
  status: 'pending',
  createdAt: now,
  nextAttemptAt: now,
  endedAt: null,
  attempts: [],
});
