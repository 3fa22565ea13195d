import { z } from 'zod';
import { defineJob } from '#platform/kernel/jobs/jobs.js';
import { everySeconds } from '#platform/kernel/jobs/schedule.js';

const payload = z.object({ parcelId: z.uuid() });
export type ParcelJobPayload = z.infer<typeof payload>;

export const deliverParcel = defineJob({ name: 'parcels.deliver', payload });
export const sendParcelNotice = defineJob({ name: 'parcels.send-notice', payload });
export const countParcels = defineJob({ name: 'parcels.count', payload: z.object({}), schedule: everySeconds(1) });
