import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordDeliveries } from '../application/record-deliveries.js';
import { NOW } from '../testing/endpoint.factory.js';
import { setup } from '../testing/setup.js';
import { RecordDeliveriesHandler } from './record-deliveries.handler.js';

it('records what it is told of', async () => {
  const { endpoints, deliveries, owner, clock } = await setup();
  const handler = new RecordDeliveriesHandler(new RecordDeliveries(endpoints, deliveries, clock));

  const userId = owner.id;
  await handler.handle({ id: newId(), name: 'thing.done', publishedAt: NOW.toISOString(), userId, payload: { a: 1 } });

  expect(deliveries.messages).toMatchObject([{ event: 'thing.done', body: expect.stringContaining('{"a":1}') }]);
});
