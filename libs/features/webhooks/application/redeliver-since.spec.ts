import { expect, it } from 'vitest';
import { WebhookEndpointDisabled, WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { aMessage } from '../testing/deliveries.repository.contract.js';
import { hoursAfterNow, NOW } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { RedeliverSince } from './redeliver-since.js';

it('sends again what was made since then and has ended', async () => {
  const { deliveries, endpoint, enabledEndpoint, owner, stranger } = await setup();
  for (const at of [hoursAfterNow(-1), NOW, hoursAfterNow(1)]) {
    const [id = ''] = await deliveries.add(aMessage(), [endpoint.id], at);
    deliveries.end(id, 'failed');
  }
  const redeliver = new RedeliverSince(deliveries, enabledEndpoint);

  await expect(redeliver.execute(stranger, endpoint.id, NOW)).rejects.toThrow(WebhookEndpointNotFound);
  expect(await redeliver.execute(owner, endpoint.id, NOW)).toBe(2);
  expect(await redeliver.execute(owner, endpoint.id, NOW)).toBe(0);
});

it('sends nothing to what is disabled', async () => {
  const { deliveries, endpoint, enabledEndpoint, owner } = await setup({ disabledBecause: 'failing' });
  const redeliver = new RedeliverSince(deliveries, enabledEndpoint);

  await expect(redeliver.execute(owner, endpoint.id, NOW)).rejects.toThrow(WebhookEndpointDisabled);
});
