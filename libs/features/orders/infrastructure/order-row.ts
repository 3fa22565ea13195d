import type { Order } from '../domain/order.js';

export type OrderRow = Omit<Order, 'total'> & Readonly<{ currency: string; totalAmount: number }>;

export const ORDER_COLUMNS = `id, user_id AS "userId", status, version, currency, total_amount AS "totalAmount", items, note,
  placed_at AS "placedAt", fulfilled_at AS "fulfilledAt", cancelled_at AS "cancelledAt", deleted_at AS "deletedAt"`;

export function toOrder({ currency, totalAmount, ...order }: OrderRow): Order {
  return { ...order, total: { amount: totalAmount, currency } };
}
