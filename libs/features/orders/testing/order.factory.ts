import { v7 } from 'uuid';
import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { Order, Purchase } from '../domain/order.js';
import type { OrderItem } from '../domain/order-items.js';

export const NOW = new Date('2030-01-01T12:00:00Z');
export const daysBeforeNow = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
export const minutesAfterNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

export function anItem(overrides: Partial<OrderItem> = {}): OrderItem {
  return { sku: 'espresso-cup', quantity: 2, unitPrice: { amount: 1250, currency: 'EUR' }, ...overrides };
}

export function aPurchase(overrides: Partial<Purchase> = {}): Purchase {
  return { items: [anItem()], note: null, ...overrides };
}

/** A valid placed order; override only what the test is about. Its id is as old as `placedAt`, as it is in real life. */
export function anOrder(overrides: Partial<Order> = {}): Order {
  const { placedAt = NOW } = overrides;
  return {
    id: v7({ msecs: placedAt.getTime() }),
    userId: newId(),
    status: 'placed',
    version: 1,
    ...aPurchase(),
    total: { amount: 2500, currency: 'EUR' },
    placedAt,
    fulfilledAt: null,
    cancelledAt: null,
    deletedAt: null,
    ...overrides,
  };
}

/** Somebody who may do everything with orders of their own, unless told otherwise. */
export function aBuyer(overrides: Partial<Principal> = {}): Principal {
  const permissions = new Set(['orders:place', 'orders:read', 'orders:cancel', 'orders:delete']);
  return { id: newId(), kind: 'user', sessionId: newId(), roles: ['user'], permissions, ...overrides };
}
