import { expect, it } from 'vitest';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { aSubscriber } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';

it('shows an endpoint to its maker alone', async () => {
  const { getEndpoint, owner, stranger, endpoint } = await setup();

  expect(await getEndpoint.execute(owner, endpoint.id)).toEqual(endpoint);
  await expect(getEndpoint.execute(stranger, endpoint.id)).rejects.toThrow(WebhookEndpointNotFound);
});

it('shows one that hears of everybody to whoever may look after it', async () => {
  const { getEndpoint, endpoint } = await setup({ audience: 'everybody' });

  expect(await getEndpoint.execute(aSubscriber('webhooks:everybody'), endpoint.id)).toEqual(endpoint);
});
