import { defineError } from '#platform/kernel/errors/app-error.js';

export const OrderNotFound = defineError({
  kind: 'not-found',
  code: 'ORDER_NOT_FOUND',
  title: 'There is no such order',
  help: 'Check the id. Orders of other users are never shown.',
});

export const OrderNotCancellable = defineError({
  kind: 'conflict',
  code: 'ORDER_NOT_CANCELLABLE',
  title: 'The order can no longer be cancelled',
  help: 'An order can be cancelled until it is fulfilled.',
});

export const OrderNotDeletable = defineError({
  kind: 'conflict',
  code: 'ORDER_NOT_DELETABLE',
  title: 'The order cannot be deleted yet',
  help: 'Cancel it first, or wait until it is fulfilled.',
});

export const OrderChanged = defineError({
  kind: 'precondition-failed',
  code: 'ORDER_CHANGED',
  title: 'The order has changed',
  help: 'Read the order again and decide anew; If-Match names the version the decision is about.',
});

export const OrderCurrenciesMixed = defineError({
  kind: 'invalid',
  code: 'ORDER_CURRENCIES_MIXED',
  title: 'An order has one currency',
  help: 'Place one order for each currency.',
});

export const OrderOutOfBounds = defineError({
  kind: 'invalid',
  code: 'ORDER_OUT_OF_BOUNDS',
  title: 'The order is empty or too large',
  help: 'Quantities and prices are whole numbers within the limits of POST /v1/orders.',
});
