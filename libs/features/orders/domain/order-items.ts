import type { Money } from '#platform/kernel/values/money.js';
import { OrderCurrenciesMixed, OrderOutOfBounds } from './order.errors.js';

export type OrderItem = Readonly<{ sku: string; quantity: number; unitPrice: Money }>;

/** Together they keep every total at or below 10^14, far from where a number stops counting exactly (9 * 10^15). */
export const ORDER_LIMITS = { items: 100, quantity: 1_000, unitAmount: 1_000_000_000 } as const;

/** @throws OrderOutOfBounds, OrderCurrenciesMixed */
export function totalOf(items: readonly OrderItem[]): Money {
  const [first] = items;
  if (first === undefined || items.length > ORDER_LIMITS.items || !items.every(isWithinLimits))
    throw new OrderOutOfBounds();

  const { currency } = first.unitPrice;
  requireCurrency(items, currency);

  return { amount: items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0), currency };
}

function isWithinLimits({ quantity, unitPrice }: OrderItem): boolean {
  return (
    isWholeBetween(quantity, 1, ORDER_LIMITS.quantity) && isWholeBetween(unitPrice.amount, 0, ORDER_LIMITS.unitAmount)
  );
}

const isWholeBetween = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

function requireCurrency(items: readonly OrderItem[], currency: string): void {
  const errors = items.flatMap(({ unitPrice }, index) =>
    unitPrice.currency === currency
      ? []
      : [
          {
            pointer: `#/items/${index}/unitPrice/currency`,
            code: 'currency_differs',
            detail: `The first item is priced in ${currency}.`,
          },
        ],
  );
  if (errors.length > 0) throw new OrderCurrenciesMixed(undefined, { errors });
}
