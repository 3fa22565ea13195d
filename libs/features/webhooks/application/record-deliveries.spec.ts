import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { anEndpoint, NOW } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { RecordDeliveries } from './record-deliveries.js';

it('makes a delivery for each endpoint that hears of the event, once', async () => {
  const { endpoints, deliveries, owner, endpoint, clock } = await setup();
  const second = anEndpoint({ userId: owner.id });
  await endpoints.add(second);
  await endpoints.add(anEndpoint());
  const record = new RecordDeliveries(endpoints, deliveries, clock);
  const event = { id: newId(), name: 'thing.done', publishedAt: NOW.toISOString(), userId: owner.id, payload: {} };

  await record.execute(event);
  await record.execute(event);

  const viewer = { userId: owner.id, everybody: true };
  const { items } = await deliveries.list(viewer, {}, { limit: 10, after: null });
  expect(items.map(({ endpointId }) => endpointId).sort()).toEqual([endpoint.id, second.id].sort());
  expect(new Set(items.map(({ messageId }) => messageId)).size).toBe(1);
});
