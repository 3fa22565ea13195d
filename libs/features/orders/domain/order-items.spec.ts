import { describe, expect, it } from 'vitest';
import { anItem } from '../testing/order.factory.js';
import { OrderCurrenciesMixed, OrderOutOfBounds } from './order.errors.js';
import { ORDER_LIMITS, type OrderItem, totalOf } from './order-items.js';

const pricedAt = (amount: number, currency = 'EUR'): OrderItem => anItem({ unitPrice: { amount, currency } });

describe('totalOf', () => {
  it('adds up quantity times price', () => {
    const items = [
      { sku: 'saucer', quantity: 3, unitPrice: { amount: 999, currency: 'EUR' } },
      { sku: 'spoon', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } },
    ];

    expect(totalOf(items)).toEqual({ amount: 2998, currency: 'EUR' });
  });

  it('takes gifts', () => {
    expect(totalOf([pricedAt(0)])).toEqual({ amount: 0, currency: 'EUR' });
  });

  it('is exact for the largest order there can be', () => {
    const item = anItem({
      quantity: ORDER_LIMITS.quantity,
      unitPrice: { amount: ORDER_LIMITS.unitAmount, currency: 'EUR' },
    });
    const { amount } = totalOf(Array.from({ length: ORDER_LIMITS.items }, () => item));

    expect(amount).toBe(100_000_000_000_000);
    expect(amount * 10).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });

  it('refuses a second currency and points to each item that has one', () => {
    const total = () => totalOf([pricedAt(1, 'EUR'), pricedAt(1, 'USD'), pricedAt(1, 'EUR'), pricedAt(1, 'JPY')]);

    expect(total).toThrow(OrderCurrenciesMixed);
    expect(total).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ pointer: '#/items/1/unitPrice/currency' }),
          expect.objectContaining({ pointer: '#/items/3/unitPrice/currency' }),
        ],
      }),
    );
  });

  it.each([
    ['no items', []],
    ['too many items', Array.from({ length: ORDER_LIMITS.items + 1 }, () => anItem())],
    ['a quantity of nothing', [anItem({ quantity: 0 })]],
    ['half a piece', [anItem({ quantity: 0.5 })]],
    ['too large a quantity', [anItem({ quantity: ORDER_LIMITS.quantity + 1 })]],
    ['a negative price', [pricedAt(-1)]],
    ['half a cent', [pricedAt(0.5)]],
    ['too high a price', [pricedAt(ORDER_LIMITS.unitAmount + 1)]],
    ['a price that is no number', [pricedAt(Number.NaN)]],
  ])('refuses %s', (_, items) => {
    expect(() => totalOf(items)).toThrow(OrderOutOfBounds);
  });
});
