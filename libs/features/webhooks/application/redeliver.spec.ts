import { expect, it } from 'vitest';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhookDeliveryNotFound, WebhookDeliveryPending, WebhookEndpointDisabled } from '../domain/webhook.errors.js';
import { aMessage } from '../testing/deliveries.repository.contract.js';
import { NOW } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { Redeliver } from './redeliver.js';

async function redelivering(overrides: Partial<Endpoint> = {}) {
  const world = await setup(overrides);
  const [id = ''] = await world.deliveries.add(aMessage(), [world.endpoint.id], NOW);
  return { ...world, id, redeliver: new Redeliver(world.deliveries, world.enabledEndpoint) };
}

it.each(['delivered', 'failed'] as const)('sends again what was %s, under its old id', async (status) => {
  const { redeliver, deliveries, owner, id } = await redelivering();
  const before = await deliveries.find(id, { userId: owner.id, everybody: false });
  deliveries.end(id, status);

  const again = await redeliver.execute(owner, id);

  expect(again).toMatchObject({ id, messageId: before?.messageId, status: 'pending' });
});

it('leaves alone what is still on its way, goes to a disabled endpoint, or is somebody else’s', async () => {
  const { redeliver, owner, stranger, id } = await redelivering();
  const disabled = await redelivering({ disabledBecause: 'gone' });
  disabled.deliveries.end(disabled.id, 'failed');

  await expect(redeliver.execute(owner, id)).rejects.toThrow(WebhookDeliveryPending);
  await expect(redeliver.execute(stranger, id)).rejects.toThrow(WebhookDeliveryNotFound);
  await expect(disabled.redeliver.execute(disabled.owner, disabled.id)).rejects.toThrow(WebhookEndpointDisabled);
});
