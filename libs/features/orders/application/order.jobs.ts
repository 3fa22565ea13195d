import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';

const orderId = z.object({ orderId: z.uuid() });
export type OrderJobPayload = z.infer<typeof orderId>;

export const fulfilOrder = defineJob({ name: 'orders.fulfil', payload: orderId });

export const sendOrderConfirmation = defineJob({ name: 'orders.send-confirmation', payload: orderId });
