import { z } from 'zod';
import { defineOperation } from '#platform/kernel/operations/operation-definition.js';

const checkpoint = z.object({
  /** Parts of the file that are written. */
  parts: z.array(z.string()),
  /** The last order in them; null before the first. */
  after: z.uuid().nullable(),
  orders: z.int(),
});
export type OrdersExportCheckpoint = z.infer<typeof checkpoint>;

export const ordersExport = defineOperation({ kind: 'orders.export', input: z.object({}), checkpoint });
