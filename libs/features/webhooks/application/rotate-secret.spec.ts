import { expect, it } from 'vitest';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { hoursAfterNow } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { RotateSecret } from './rotate-secret.js';

async function rotating() {
  const world = await setup();
  const { endpoints, getEndpoint, transaction, audit, clock } = world;
  return { ...world, rotate: new RotateSecret(endpoints, getEndpoint, transaction, audit, clock) };
}

it('gives a new secret, beside which the one before signs for a day', async () => {
  const { rotate, owner, endpoint, secret: old, endpoints, audit } = await rotating();

  const { secret, ...rotated } = await rotate.execute(owner, endpoint.id);

  expect(rotated).toEqual(endpoint);
  expect(secret).not.toBe(old);
  expect(endpoints.secrets.get(endpoint.id)).toEqual({ secret, previous: old, until: hoursAfterNow(24) });
  expect(audit.recorded).toEqual([{ type: 'webhook-endpoint.secret-rotated', subjectId: endpoint.id }]);
});

it('leaves alone what is somebody else’s', async () => {
  const { rotate, stranger, endpoint, secret, endpoints } = await rotating();

  await expect(rotate.execute(stranger, endpoint.id)).rejects.toThrow(WebhookEndpointNotFound);
  expect(endpoints.secrets.get(endpoint.id)).toEqual({ secret });
});
