import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { oneLineText } from '#platform/http/input/one-line-text.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { DELIVERY_STATUSES } from '../domain/delivery.js';
import { AUDIENCES, DISABLED_REASONS, type Endpoint } from '../domain/endpoint.js';

const MAX_URL_LENGTH = 2_000;
const MAX_DESCRIPTION_LENGTH = 200;
const MAX_EVENTS = 100;
const EXAMPLE_EVENTS = ['order.placed', 'order.fulfilled'];

const url = z
  .url()
  .max(MAX_URL_LENGTH)
  .meta({ description: 'On the public internet, by https.', examples: ['https://example.com/webhooks'] });
const events = z
  .array(z.string().max(100))
  .min(1)
  .max(MAX_EVENTS)
  .meta({ description: 'Names of GET /v1/webhooks/event-types.', examples: [EXAMPLE_EVENTS] });
const description = oneLineText(MAX_DESCRIPTION_LENGTH)
  .nullable()
  .meta({ examples: ['Our warehouse'] });

export const createEndpointBody = z
  .strictObject({
    url,
    events,
    description: description.default(null),
    audience: z
      .enum(AUDIENCES)
      .default('own')
      .describe('Whose events it hears of. `everybody` takes the permission webhooks:everybody.'),
  })
  .meta({ id: 'CreateWebhookEndpointBody' });
export type CreateEndpointBody = z.infer<typeof createEndpointBody>;

export const changeEndpointBody = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    isEnabled: z
      .boolean()
      .optional()
      .meta({ description: 'True also forgets that it failed.', examples: [true] }),
  })
  .meta({ id: 'ChangeWebhookEndpointBody' });
export type ChangeEndpointBody = z.infer<typeof changeEndpointBody>;

export const redeliverBody = z
  .strictObject({
    since: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .describe('All deliveries that were made since then, and have ended.'),
  })
  .meta({ id: 'RedeliverWebhooksBody' });
export type RedeliverBody = z.infer<typeof redeliverBody>;

export const webhookParams = z.strictObject({ id: pathId });
export type WebhookParams = z.infer<typeof webhookParams>;

export const listEndpointsQuery = z.strictObject(pageQuery);
export type ListEndpointsQuery = z.infer<typeof listEndpointsQuery>;

export const listDeliveriesQuery = z.strictObject({
  ...pageQuery,
  endpointId: pathId.optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
});
export type ListDeliveriesQuery = z.infer<typeof listDeliveriesQuery>;

export const endpointResponse = z
  .object({
    id: z.uuid(),
    userId: z.uuid().meta({ description: 'Its maker.' }),
    url: z.string().meta({ examples: ['https://example.com/webhooks'] }),
    events: z.array(z.string()).meta({ examples: [EXAMPLE_EVENTS] }),
    description: z
      .string()
      .nullable()
      .meta({ examples: ['Our warehouse'] }),
    audience: z.enum(AUDIENCES),
    isEnabled: z.boolean().meta({ examples: [true] }),
    disabledBecause: z
      .enum(DISABLED_REASONS)
      .nullable()
      .meta({ description: 'Null while it is enabled.', examples: [null] }),
    failingSince: timestamp
      .nullable()
      .meta({ description: 'Since when nothing has succeeded; after five days it is disabled.', examples: [null] }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'WebhookEndpoint' });

export const endpointWithSecretResponse = endpointResponse
  .extend({
    secret: z.string().meta({
      description: 'Verifies what is sent, by any library of Standard Webhooks. It is shown this once.',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
    }),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });

/** As clients see it. */
export const endpointView = <T extends Endpoint>(endpoint: T) => ({
  ...endpoint,
  isEnabled: endpoint.disabledBecause === null,
});

const attemptResponse = z
  .object({
    at: timestamp,
    durationMs: z.int().meta({ examples: [120] }),
    status: z
      .int()
      .nullable()
      .meta({ description: 'Of the answer; null when there was none.', examples: [204] }),
    failure: z
      .string()
      .nullable()
      .meta({ description: 'Why there was no answer.', examples: [null] }),
    answer: z
      .string()
      .meta({ description: 'Its first 1,024 bytes, without what looks like a secret.', examples: [''] }),
  })
  .meta({ id: 'WebhookAttempt' });

export const deliveryResponse = z
  .object({
    id: z.uuid(),
    endpointId: z.uuid(),
    messageId: z.string().meta({
      description: '`webhook-id`: the same for all attempts.',
      examples: ['msg_0190a5d28f0070008000000000000001'],
    }),
    event: z.string().meta({ examples: ['order.placed'] }),
    status: z.enum(DELIVERY_STATUSES),
    createdAt: timestamp,
    nextAttemptAt: timestamp.nullable().meta({ examples: [null] }),
    endedAt: timestamp.nullable(),
    attempts: z.array(attemptResponse).meta({ description: 'The latest first, at most 20.' }),
  })
  .meta({ id: 'WebhookDelivery' });

export const redeliveredResponse = z
  .object({ redelivered: z.int().meta({ description: 'How many are sent again.', examples: [3] }) })
  .meta({ id: 'RedeliveredWebhooks' });

export const eventTypeResponse = z
  .object({
    name: z.string().meta({ examples: ['order.placed'] }),
    description: z.string().meta({ examples: ['Somebody has placed an order.'] }),
    schema: z
      .record(z.string(), z.unknown())
      .meta({ description: 'JSON Schema of `data`.', examples: [{ type: 'object' }] }),
    example: z
      .unknown()
      .meta({ description: 'Of `data`.', examples: [{ orderId: '0190a5d2-8f00-7000-8000-000000000001' }] }),
  })
  .meta({ id: 'WebhookEventType' });
