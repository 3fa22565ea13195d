import { cancel, fulfil, type Order, place } from '#features/orders/domain/order.js';
import { type Seed, seededId } from '../../../../prisma/seeding.ts';

const MINUTE_MS = 60_000;

const EXAMPLE_PURCHASES = [
  [{ sku: 'espresso-cup', quantity: 2, unitPrice: { amount: 1250, currency: 'EUR' } }],
  [
    { sku: 'beans-1kg', quantity: 1, unitPrice: { amount: 2890, currency: 'EUR' } },
    { sku: 'filter-100', quantity: 3, unitPrice: { amount: 450, currency: 'EUR' } },
  ],
  [{ sku: 'grinder', quantity: 1, unitPrice: { amount: 18900, currency: 'EUR' } }],
];

export const seed: Seed = async (prisma, { userId, joinedAt }) => {
  await prisma.order.createMany({ data: exampleOrders(userId, joinedAt).map(toRow), skipDuplicates: true });
};

/** One an hour; the last one was cancelled. */
function exampleOrders(userId: string, joinedAt: Date): Order[] {
  return EXAMPLE_PURCHASES.map((items, index) => {
    const placedAt = new Date(joinedAt.getTime() + (index + 1) * 60 * MINUTE_MS);
    const order = place({ items, note: null }, seededId(placedAt, index), userId, placedAt);
    const finish = index < EXAMPLE_PURCHASES.length - 1 ? fulfil : cancel;
    return finish(order, new Date(placedAt.getTime() + MINUTE_MS));
  });
}

function toRow({ total, items, ...order }: Order) {
  return { ...order, items: [...items], currency: total.currency, totalAmount: total.amount };
}
