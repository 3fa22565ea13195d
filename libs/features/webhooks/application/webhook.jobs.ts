import { z } from 'zod';
import { defineSubscriptionToPublicEvents } from '#platform/kernel/jobs/events.js';
import { defineJob } from '#platform/kernel/jobs/jobs.js';
import { DISABLED_REASONS } from '../domain/endpoint.js';

export const recordDeliveries = defineSubscriptionToPublicEvents({ name: 'webhooks.record-deliveries' });

const disabled = z.object({ endpointId: z.uuid(), reason: z.enum(DISABLED_REASONS) });
export type EndpointDisabled = z.infer<typeof disabled>;

export const mailDisabled = defineJob({ name: 'webhooks.mail-disabled', payload: disabled });
