import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { DeliveriesRepository } from '../application/deliveries.repository.js';
import type { EndpointsRepository } from '../application/endpoints.repository.js';
import type { DeliveryStatus } from '../domain/delivery.js';
import { anEndpoint, hoursAfterNow, NOW } from './endpoint.factory.js';

type Setup = () => Readonly<{
  endpoints: EndpointsRepository;
  deliveries: DeliveriesRepository;
  aUserId: () => Promise<string>;
  /** As the worker does. */
  end: (id: string, status: DeliveryStatus) => Promise<void>;
}>;

const FIRST_PAGE = { limit: 100, after: null };
export const aMessage = () => ({ id: `msg_${newId()}`, event: 'thing.done', body: '{"type":"thing.done"}' });

/** Runs against the fake and against Postgres. */
export function describeDeliveriesRepository(name: string, setup: Setup): void {
  const withEndpoint = async () => {
    const world = setup();
    const endpoint = anEndpoint({ userId: await world.aUserId() });
    await world.endpoints.add(endpoint);
    const viewer = { userId: endpoint.userId, everybody: false };
    const add = async (at = NOW) => String((await world.deliveries.add(aMessage(), [endpoint.id], at))[0]);
    return { ...world, endpoint, viewer, add };
  };

  describe(name, () => {
    it('makes one delivery of a message for each endpoint, however often it is asked to', async () => {
      const { deliveries, endpoint, viewer } = await withEndpoint();
      const message = aMessage();

      const [id] = await deliveries.add(message, [endpoint.id], NOW);
      const again = await deliveries.add(message, [endpoint.id], NOW);

      expect(again).toEqual([]);
      expect(await deliveries.find(String(id), viewer)).toEqual({
        ...{ id, endpointId: endpoint.id, messageId: message.id, event: 'thing.done', status: 'pending' },
        ...{ createdAt: NOW, nextAttemptAt: expect.any(Date), endedAt: null, attempts: [] },
      });
    });

    it('shows nobody what goes to somebody else', async () => {
      const { deliveries, add, aUserId } = await withEndpoint();
      const id = await add();

      for (const everybody of [false, true]) {
        const stranger = { userId: await aUserId(), everybody };
        expect(await deliveries.find(id, stranger)).toBeNull();
        expect((await deliveries.list({ ...stranger, everybody: false }, {}, FIRST_PAGE)).items).toEqual([]);
      }
    });

    it('lists the newest first, page by page, of one endpoint or in one state', async () => {
      const { deliveries, endpoint, viewer, add, end } = await withEndpoint();
      const [first, second, third] = [await add(), await add(), await add()];
      await end(second, 'failed');
      const idsOf = async (filter: Parameters<typeof deliveries.list>[1]) =>
        (await deliveries.list(viewer, filter, FIRST_PAGE)).items.map(({ id }) => id);

      const page = await deliveries.list(viewer, {}, { limit: 2, after: null });
      const rest = await deliveries.list(viewer, {}, { limit: 2, after: page.next });

      expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual([third, second, first]);
      expect(rest.next).toBeNull();
      expect(await idsOf({ status: 'failed' })).toEqual([second]);
      expect(await idsOf({ endpointId: endpoint.id })).toHaveLength(3);
      expect(await idsOf({ endpointId: newId() })).toEqual([]);
    });

    it('sends again what has ended', async () => {
      const { deliveries, viewer, add, end } = await withEndpoint();
      const id = await add();
      await end(id, 'delivered');

      await deliveries.redeliver(id);

      expect(await deliveries.find(id, viewer)).toMatchObject({
        status: 'pending',
        nextAttemptAt: expect.any(Date),
        endedAt: null,
      });
    });

    it('sends again what was made since a time and has ended', async () => {
      const { deliveries, endpoint, viewer, add, end } = await withEndpoint();
      const later = Date.now() + 3_600_000;
      const [before, exactly, after] = [
        await add(new Date(0)),
        await add(new Date(later)),
        await add(hoursAfterNow(9)),
      ];
      const pending = await add(hoursAfterNow(9));
      for (const id of [before, exactly, after]) await end(id, 'failed');

      const again = await deliveries.redeliverSince(endpoint.id, new Date(Date.now() - 60_000));

      const statuses = await Promise.all([before, exactly, after, pending].map((id) => deliveries.find(id, viewer)));
      expect(again).toBe(2);
      expect(statuses.map((delivery) => delivery?.status)).toEqual(['failed', 'pending', 'pending', 'pending']);
    });
  });
}
