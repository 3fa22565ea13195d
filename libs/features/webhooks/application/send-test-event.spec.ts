import { expect, it } from 'vitest';
import { WebhookEndpointDisabled, WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { setup } from '../testing/setup.js';
import { SendTestEvent } from './send-test-event.js';

const sending = async (overrides: Parameters<typeof setup>[0] = {}) => {
  const world = await setup(overrides);
  return { ...world, send: new SendTestEvent(world.enabledEndpoint, world.deliveries, world.clock) };
};

it('sends an event of its own kind to this endpoint, whatever it subscribes to', async () => {
  const { send, owner, endpoint, deliveries } = await sending();

  const delivery = await send.execute(owner, endpoint.id);

  expect(delivery).toMatchObject({ endpointId: endpoint.id, event: 'webhook.test', status: 'pending' });
  expect(deliveries.messages).toMatchObject([{ id: delivery.messageId, event: 'webhook.test' }]);
});

it('sends nothing to what is disabled, or somebody else’s', async () => {
  const { send, owner, stranger, endpoint, deliveries } = await sending({ disabledBecause: 'owner' });

  await expect(send.execute(owner, endpoint.id)).rejects.toThrow(WebhookEndpointDisabled);
  await expect(send.execute(stranger, endpoint.id)).rejects.toThrow(WebhookEndpointNotFound);
  expect(deliveries.messages).toEqual([]);
});
