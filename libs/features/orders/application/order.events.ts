import { z } from 'zod';
import { defineEvent } from '#platform/kernel/jobs/events.js';

const payload = z.object({ orderId: z.uuid(), userId: z.uuid() });
export type OrderEvent = z.infer<typeof payload>;

const key = ({ orderId }: OrderEvent): string => orderId;

export const orderPlaced = defineEvent({ name: 'order.placed', payload, key });
export const orderFulfilled = defineEvent({ name: 'order.fulfilled', payload, key });
export const orderCancelled = defineEvent({ name: 'order.cancelled', payload, key });
