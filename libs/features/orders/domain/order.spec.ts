import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { anOrder, aPurchase, daysBeforeNow, minutesAfterNow, NOW } from '../testing/order.factory.js';
import { OrderChanged, OrderNotCancellable, OrderNotDeletable, OrderNotFound } from './order.errors.js';
import { cancel, fulfil, place, remove, requireOwner, requireVersion, restore } from './order.js';

const LATER = minutesAfterNow(5);

describe('place', () => {
  it('makes the first version of an order that waits to be fulfilled', () => {
    const purchase = aPurchase({ note: 'Ring twice.' });

    expect(place(purchase, 'an-order', 'a-user', NOW)).toEqual({
      ...purchase,
      id: 'an-order',
      userId: 'a-user',
      status: 'placed',
      version: 1,
      total: { amount: 2500, currency: 'EUR' },
      placedAt: NOW,
      fulfilledAt: null,
      cancelledAt: null,
      deletedAt: null,
    });
  });
});

describe('fulfil', () => {
  it('fulfils a placed order', () => {
    const order = anOrder();

    expect(fulfil(order, LATER)).toEqual({ ...order, status: 'fulfilled', version: 2, fulfilledAt: LATER });
  });

  it.each(['fulfilled', 'cancelled'] as const)('leaves an order alone that is already %s', (status) => {
    const order = anOrder({ status });

    expect(fulfil(order, LATER)).toBe(order);
  });
});

describe('cancel', () => {
  it('cancels a placed order', () => {
    const order = anOrder();

    expect(cancel(order, LATER)).toEqual({ ...order, status: 'cancelled', version: 2, cancelledAt: LATER });
  });

  it('changes nothing the second time', () => {
    const cancelled = cancel(anOrder(), LATER);

    expect(cancel(cancelled, minutesAfterNow(6))).toBe(cancelled);
  });

  it('refuses an order that is fulfilled', () => {
    expect(() => cancel(anOrder({ status: 'fulfilled' }), LATER)).toThrow(OrderNotCancellable);
  });
});

describe('remove', () => {
  it.each(['fulfilled', 'cancelled'] as const)('deletes a %s order', (status) => {
    const order = anOrder({ status });

    expect(remove(order, LATER)).toEqual({ ...order, version: 2, deletedAt: LATER });
  });

  it('refuses an order that waits to be fulfilled', () => {
    expect(() => remove(anOrder(), LATER)).toThrow(OrderNotDeletable);
  });
});

describe('restore', () => {
  const aDeletedOrder = (deletedAt: Date | null) => anOrder({ status: 'fulfilled', deletedAt });

  it('gives an order back that was deleted less than thirty days ago', () => {
    const order = aDeletedOrder(new Date(daysBeforeNow(30).getTime() + 1));

    expect(restore(order, NOW)).toEqual({ ...order, version: 2, deletedAt: null });
  });

  it.each([
    ['was deleted thirty days ago', daysBeforeNow(30)],
    ['is not deleted', null],
  ])('finds none that %s', (_, deletedAt) => {
    expect(() => restore(aDeletedOrder(deletedAt), NOW)).toThrow(OrderNotFound);
  });
});

describe('requireOwner', () => {
  it('lets the owner pass', () => {
    const order = anOrder();

    expect(() => requireOwner(order, order.userId)).not.toThrow();
  });

  it('pretends to others that there is no such order', () => {
    expect(() => requireOwner(anOrder(), newId())).toThrow(OrderNotFound);
  });

  it('pretends so to the owner of one that is deleted', () => {
    const order = anOrder({ deletedAt: NOW });

    expect(() => requireOwner(order, order.userId)).toThrow(OrderNotFound);
  });
});

describe('requireVersion', () => {
  it('accepts an order whose version is among those named', () => {
    expect(() => requireVersion(anOrder({ version: 3 }), ['2', '3'])).not.toThrow();
  });

  it.each([[[]], [['2']], [['03', '*', '']]])('refuses version 3 when %j is asked for', (versions) => {
    expect(() => requireVersion(anOrder({ version: 3 }), versions)).toThrow(OrderChanged);
  });
});
