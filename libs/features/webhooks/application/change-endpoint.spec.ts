import { expect, it } from 'vitest';
import { WebhookEndpointNotFound, WebhookEventUnknown, WebhookUrlRefused } from '../domain/webhook.errors.js';
import { setup } from '../testing/setup.js';
import { ChangeEndpoint } from './change-endpoint.js';

async function changing() {
  const world = await setup();
  const { endpoints, addresses, transaction, audit, clock } = world;
  return { ...world, change: new ChangeEndpoint(endpoints, addresses, transaction, audit, clock) };
}

it('changes what is named, on record by its name alone', async () => {
  const { change, owner, endpoint, endpoints, audit } = await changing();

  const changed = await change.execute(owner, endpoint.id, { url: 'https://other.example/?key=1', isEnabled: false });

  expect(changed).toMatchObject({ url: 'https://other.example/?key=1', disabledBecause: 'owner' });
  expect(await endpoints.findById(endpoint.id)).toEqual(changed);
  expect(audit.recorded).toEqual([
    { type: 'webhook-endpoint.changed', subjectId: endpoint.id, details: { fields: ['isEnabled', 'url'] } },
  ]);
});

it.each([
  ['an event that is none', { events: ['thing.undone'] }, WebhookEventUnknown],
  ['an address where nothing is sent', { url: 'https://localhost/' }, WebhookUrlRefused],
])('refuses %s', async (_, wanted, refusal) => {
  const { change, owner, endpoint, endpoints } = await changing();

  await expect(change.execute(owner, endpoint.id, wanted)).rejects.toThrow(refusal);
  expect(await endpoints.findById(endpoint.id)).toEqual(endpoint);
});

it('leaves alone what is somebody else’s', async () => {
  const { change, stranger, endpoint } = await changing();

  await expect(change.execute(stranger, endpoint.id, { isEnabled: false })).rejects.toThrow(WebhookEndpointNotFound);
});
