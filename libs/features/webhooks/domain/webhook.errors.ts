import { defineError } from '#platform/kernel/errors/app-error.js';

export const WebhookEndpointNotFound = defineError({
  kind: 'not-found',
  code: 'WEBHOOK_ENDPOINT_NOT_FOUND',
  title: 'There is no such webhook endpoint',
  help: 'Check the id. Endpoints of other users are never shown.',
});

export const WebhookEventUnknown = defineError({
  kind: 'invalid',
  code: 'WEBHOOK_EVENT_UNKNOWN',
  title: 'There is no such event',
  help: 'GET /v1/webhooks/event-types lists those that there are.',
});

export const WebhookUrlRefused = defineError({
  kind: 'invalid',
  code: 'WEBHOOK_URL_REFUSED',
  title: 'Nothing is sent to that address',
  help: 'Name a server on the public internet by https, without a user name and a password in its address.',
});

export const WebhookEndpointsTooMany = defineError({
  kind: 'conflict',
  code: 'WEBHOOK_ENDPOINTS_TOO_MANY',
  title: 'You have as many webhook endpoints as you may',
  help: 'Delete one that you do not need.',
});

export const WebhookEndpointDisabled = defineError({
  kind: 'conflict',
  code: 'WEBHOOK_ENDPOINT_DISABLED',
  title: 'The webhook endpoint is disabled',
  help: 'PATCH it with isEnabled true first.',
});

export const WebhookDeliveryNotFound = defineError({
  kind: 'not-found',
  code: 'WEBHOOK_DELIVERY_NOT_FOUND',
  title: 'There is no such delivery',
  help: 'Check the id. Deliveries are kept for 30 days.',
});

export const WebhookDeliveryPending = defineError({
  kind: 'conflict',
  code: 'WEBHOOK_DELIVERY_PENDING',
  title: 'The delivery has not ended',
  help: 'It is going to be tried again by itself; `nextAttemptAt` says when.',
});
