import { expect, it } from 'vitest';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { setup } from '../testing/setup.js';
import { DeleteEndpoint } from './delete-endpoint.js';

it('deletes an endpoint of one’s own, on record', async () => {
  const { endpoints, endpoint, owner, transaction, audit } = await setup();

  await new DeleteEndpoint(endpoints, transaction, audit).execute(owner, endpoint.id);

  expect(await endpoints.findById(endpoint.id)).toBeNull();
  expect(audit.recorded).toEqual([{ type: 'webhook-endpoint.deleted', subjectId: endpoint.id }]);
});

it('leaves alone what is somebody else’s', async () => {
  const { endpoints, endpoint, stranger, transaction, audit } = await setup();
  const deleting = new DeleteEndpoint(endpoints, transaction, audit).execute(stranger, endpoint.id);

  await expect(deleting).rejects.toThrow(WebhookEndpointNotFound);
  expect([await endpoints.findById(endpoint.id), audit.recorded]).toEqual([endpoint, []]);
});
