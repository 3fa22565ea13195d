import { expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import type { EndpointWish } from '../domain/endpoint.js';
import { WebhookEndpointsTooMany, WebhookEventUnknown, WebhookUrlRefused } from '../domain/webhook.errors.js';
import { anEndpoint, aSubscriber } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { CreateEndpoint } from './create-endpoint.js';

const wish = (overrides: Partial<EndpointWish> = {}): EndpointWish => ({
  url: 'https://receiver.example/hooks',
  events: ['thing.done'],
  description: null,
  audience: 'own',
  ...overrides,
});

async function creating() {
  const { endpoints, addresses, transaction, audit, clock } = await setup();
  return { endpoints, audit, create: new CreateEndpoint(endpoints, addresses, transaction, audit, clock) };
}

it('makes an endpoint with a secret of 32 bytes, which is stored with it and not on record', async () => {
  const { create, endpoints, audit } = await creating();
  const maker = aSubscriber();

  const { secret, ...endpoint } = await create.execute(maker, wish());

  expect(await endpoints.findById(endpoint.id)).toEqual(endpoint);
  expect(endpoint.userId).toBe(maker.id);
  expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(endpoints.secrets.get(endpoint.id)).toEqual({ secret });
  expect(audit.recorded).toMatchObject([{ type: 'webhook-endpoint.created', subjectId: endpoint.id }]);
  expect(JSON.stringify(audit.recorded)).not.toContain(secret);
});

it.each([
  ['an event that is none', wish({ events: ['thing.undone'] }), WebhookEventUnknown],
  ['an address where nothing is sent', wish({ url: 'https://localhost/' }), WebhookUrlRefused],
  ['the events of everybody, without the permission', wish({ audience: 'everybody' }), PermissionDenied],
])('makes none for %s', async (_, asked, refusal) => {
  const { create, endpoints } = await creating();
  const maker = aSubscriber();

  await expect(create.execute(maker, asked)).rejects.toThrow(refusal);
  expect(await endpoints.count(maker.id)).toBe(0);
});

it('makes twenty for one user, and no more', async () => {
  const { create, endpoints } = await creating();
  const maker = aSubscriber();
  for (let index = 0; index < 19; index++) await endpoints.add(anEndpoint({ userId: maker.id }));

  await create.execute(maker, wish());

  await expect(create.execute(maker, wish())).rejects.toThrow(WebhookEndpointsTooMany);
});
