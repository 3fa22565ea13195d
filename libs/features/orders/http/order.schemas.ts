import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { moneyInput, moneyOutput } from '#platform/http/input/money.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { ORDER_STATUSES, type Order } from '../domain/order.js';
import { ORDER_LIMITS } from '../domain/order-items.js';

const SKU = /^[!-~]{1,64}$/;

const item = z
  .strictObject({
    sku: z
      .string()
      .regex(SKU, 'Expected 1 to 64 visible ASCII characters')
      .meta({ examples: ['TEA-250'] }),
    quantity: z
      .int()
      .min(1)
      .max(ORDER_LIMITS.quantity)
      .meta({ examples: [2] }),
    unitPrice: moneyInput(ORDER_LIMITS.unitAmount).meta({ id: 'UnitPrice' }),
  })
  .meta({ id: 'OrderItemInput' });

/** Postgres stores no NUL. */
const NO_NUL = /^[^\u0000]*$/;

export const placeOrderBody = z
  .strictObject({
    items: z.array(item).min(1).max(ORDER_LIMITS.items),
    note: z
      .string()
      .trim()
      .max(1_000)
      .regex(NO_NUL, 'Expected text without NUL')
      .nullable()
      .default(null)
      .meta({ examples: ['Please ring twice.'] }),
  })
  .meta({ id: 'PlaceOrderBody' });
export type PlaceOrderBody = z.infer<typeof placeOrderBody>;

export const orderParams = z.strictObject({ id: pathId });
export type OrderParams = z.infer<typeof orderParams>;

export const listOrdersQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(ORDER_STATUSES).optional(),
  placedAfter: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});
export type ListOrdersQuery = z.infer<typeof listOrdersQuery>;

export const searchOrdersQuery = z.strictObject({
  ...pageQuery,
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(NO_NUL, 'Expected text without NUL')
    .meta({ examples: ['tea "ring twice"'] }),
});
export type SearchOrdersQuery = z.infer<typeof searchOrdersQuery>;

export const listDeletedOrdersQuery = z.strictObject(pageQuery);
export type ListDeletedOrdersQuery = z.infer<typeof listDeletedOrdersQuery>;

const itemResponse = z
  .object({
    sku: z.string().meta({ examples: ['TEA-250'] }),
    quantity: z
      .int()
      .positive()
      .meta({ examples: [2] }),
    unitPrice: moneyOutput,
  })
  .meta({ id: 'OrderItem' });

/** A field missing here is never sent, whatever the entity grows later. */
export const orderResponse = z
  .object({
    id: z.uuid(),
    status: z.enum(ORDER_STATUSES),
    items: z.array(itemResponse),
    total: moneyOutput.meta({ examples: [{ amount: 3998, currency: 'EUR' }] }),
    note: z
      .string()
      .nullable()
      .meta({ examples: ['Please ring twice.'] }),
    placedAt: timestamp,
    fulfilledAt: timestamp.nullable().meta({ examples: [null] }),
    cancelledAt: timestamp.nullable().meta({ examples: [null] }),
  })
  .meta({ id: 'Order' });

/** For administrators, who have to know whose it is. */
export const deletedOrderResponse = orderResponse
  .extend({ userId: z.uuid(), deletedAt: timestamp })
  .meta({ id: 'DeletedOrder' });

export const etag = ({ version }: Order): string => String(version);
