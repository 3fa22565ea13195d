import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ orderId: z.uuid(), userId: z.uuid() });
export type OrderEvent = z.infer<typeof payload>;

const key = ({ orderId }: OrderEvent): string => orderId;

const webhook = (description: string) => ({
  description,
  example: { orderId: '0190a5d2-8f00-7000-8000-000000000001', userId: '0190a5d2-8f00-7000-8000-000000000002' },
  userId: ({ userId }: OrderEvent) => userId,
});

export const orderPlaced = defineEvent({
  name: 'order.placed',
  payload,
  key,
  webhook: webhook('Somebody has placed an order.'),
});
export const orderFulfilled = defineEvent({
  name: 'order.fulfilled',
  payload,
  key,
  webhook: webhook('An order is on its way.'),
});
export const orderCancelled = defineEvent({
  name: 'order.cancelled',
  payload,
  key,
  webhook: webhook('An order was cancelled before it was fulfilled.'),
});
