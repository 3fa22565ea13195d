import type { Money } from '#platform/kernel/values/money.js';
import { OrderChanged, OrderNotCancellable, OrderNotDeletable, OrderNotFound } from './order.errors.js';
import { type OrderItem, totalOf } from './order-items.js';

export const ORDER_STATUSES = ['placed', 'fulfilled', 'cancelled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** For so long a deleted order can be restored. Then it is purged. */
export const RESTORABLE_DAYS = 30;
const RESTORABLE_MS = RESTORABLE_DAYS * 24 * 60 * 60 * 1_000;

export type Order = Readonly<{
  id: string;
  userId: string;
  status: OrderStatus;
  /** Grows by one with every change. */
  version: number;
  items: readonly OrderItem[];
  total: Money;
  note: string | null;
  placedAt: Date;
  fulfilledAt: Date | null;
  cancelledAt: Date | null;
  /** Since then it is gone for its owner, and can be restored for a while. */
  deletedAt: Date | null;
}>;

/** What the buyer decides; the rest follows from it. */
export type Purchase = Pick<Order, 'items' | 'note'>;

/** @throws OrderOutOfBounds, OrderCurrenciesMixed */
export function place(purchase: Purchase, id: string, userId: string, now: Date): Order {
  return {
    ...purchase,
    id,
    userId,
    status: 'placed',
    version: 1,
    total: totalOf(purchase.items),
    placedAt: now,
    fulfilledAt: null,
    cancelledAt: null,
    deletedAt: null,
  };
}

/** Neither fulfilled nor cancelled yet. */
export const isOpen = ({ status }: Order): boolean => status === 'placed';

/** An order that is already fulfilled, or was cancelled first, stays as it is. */
export function fulfil(order: Order, now: Date): Order {
  if (!isOpen(order)) return order;
  return changed(order, { status: 'fulfilled', fulfilledAt: now });
}

/** Cancelling twice is no mistake: a client that lost the answer asks again. @throws OrderNotCancellable once fulfilled */
export function cancel(order: Order, now: Date): Order {
  if (order.status === 'cancelled') return order;
  if (order.status === 'fulfilled') throw new OrderNotCancellable();
  return changed(order, { status: 'cancelled', cancelledAt: now });
}

/** @throws OrderNotDeletable while it is open: nobody shall fulfil what its buyer cannot see any more */
export function remove(order: Order, now: Date): Order {
  if (isOpen(order)) throw new OrderNotDeletable();
  return changed(order, { deletedAt: now });
}

/** What was deleted later than that can still be restored. */
export const restorableSince = (now: Date): Date => new Date(now.getTime() - RESTORABLE_MS);

/** @throws OrderNotFound unless it is deleted, and was so not too long ago */
export function restore(order: Order, now: Date): Order {
  if (order.deletedAt === null || order.deletedAt <= restorableSince(now)) throw new OrderNotFound();
  return changed(order, { deletedAt: null });
}

/** Somebody else's order, or one that is deleted, answers exactly like a missing one. @throws OrderNotFound */
export function requireOwner(order: Order, userId: string): void {
  if (order.userId !== userId || order.deletedAt !== null) throw new OrderNotFound();
}

/** Nobody decides about a version they have not seen. @throws OrderChanged */
export function requireVersion(order: Order, versions: readonly string[]): void {
  if (!versions.includes(String(order.version))) throw new OrderChanged();
}

function changed(order: Order, change: Partial<Order>): Order {
  return { ...order, ...change, version: order.version + 1 };
}
