import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';

const payload = z.object({ orderId: z.uuid() });
export type OrderJobPayload = z.infer<typeof payload>;

export const fulfilOrder = defineJob({ name: 'orders.fulfil', payload });
