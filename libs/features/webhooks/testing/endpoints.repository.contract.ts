import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { EndpointsRepository } from '../application/endpoints.repository.js';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { anEndpoint, hoursAfterNow, NOW } from './endpoint.factory.js';

type Setup = () => { endpoints: EndpointsRepository; aUserId: () => Promise<string> };

const FIRST_PAGE = { limit: 100, after: null };

/** Runs against the fake and against Postgres. */
export function describeEndpointsRepository(name: string, setup: Setup): void {
  const stored = async (overrides: Parameters<typeof anEndpoint>[0] = {}) => {
    const { endpoints, aUserId } = setup();
    const endpoint = anEndpoint({ userId: await aUserId(), ...overrides });
    await endpoints.add(endpoint);
    const [owner, stranger] = [endpoint.userId, await aUserId()].map((userId) => ({ userId, everybody: false }));
    return { endpoints, endpoint, owner: owner as Viewer, stranger: stranger as Viewer, aUserId };
  };
  type Viewer = Readonly<{ userId: string; everybody: boolean }>;

  describe(name, () => {
    it('gives back what was added', async () => {
      const state = { description: 'Ware "house"', disabledBecause: 'failing', failingSince: NOW } as const;
      const { endpoints, endpoint, owner } = await stored(state);

      expect(await endpoints.find(endpoint.id, owner)).toEqual(endpoint);
      expect(await endpoints.findById(endpoint.id)).toEqual(endpoint);
      expect(await endpoints.count(owner.userId)).toBe(1);
    });

    it('shows, changes and deletes for nobody what is somebody else’s', async () => {
      const { endpoints, endpoint, owner, stranger } = await stored();
      const mayEverybody = { ...stranger, everybody: true };

      for (const viewer of [stranger, mayEverybody]) {
        expect(await endpoints.find(endpoint.id, viewer)).toBeNull();
        expect((await endpoints.list(stranger, FIRST_PAGE)).items).toEqual([]);
        await expect(endpoints.update(endpoint.id, viewer, (same) => same)).rejects.toThrow(WebhookEndpointNotFound);
        await expect(endpoints.delete(endpoint.id, viewer)).rejects.toThrow(WebhookEndpointNotFound);
      }
      expect(await endpoints.find(endpoint.id, owner)).toEqual(endpoint);
    });

    it('shows what hears of everybody to all who may look after it', async () => {
      const { endpoints, endpoint, stranger } = await stored({ audience: 'everybody' });
      const mayEverybody = { ...stranger, everybody: true };

      expect(await endpoints.find(endpoint.id, stranger)).toBeNull();
      expect(await endpoints.find(endpoint.id, mayEverybody)).toEqual(endpoint);
      expect((await endpoints.list(mayEverybody, FIRST_PAGE)).items).toContainEqual(endpoint);
      await endpoints.delete(endpoint.id, mayEverybody);
      expect(await endpoints.findById(endpoint.id)).toBeNull();
    });

    it('lists the newest first, page by page', async () => {
      const { endpoints, endpoint, owner } = await stored();
      const newer = anEndpoint({ userId: owner.userId });
      await endpoints.add(newer);

      const first = await endpoints.list(owner, { limit: 1, after: null });
      const second = await endpoints.list(owner, { limit: 1, after: first.next });

      expect([...first.items, ...second.items]).toEqual([newer, endpoint]);
      expect(second.next).toBeNull();
    });

    it('saves a change, and nothing when the change throws', async () => {
      const { endpoints, endpoint, owner } = await stored();
      const change = { url: 'https://other.example/', disabledBecause: 'owner', updatedAt: hoursAfterNow(1) } as const;

      const changed = await endpoints.update(endpoint.id, owner, (current) => ({ ...current, ...change }));
      const failing = endpoints.update(endpoint.id, owner, () => {
        throw new Error('no');
      });

      await expect(failing).rejects.toThrow('no');
      expect(changed).toEqual({ ...endpoint, ...change });
      expect(await endpoints.findById(endpoint.id)).toEqual(changed);
    });

    it('knows who hears of an event about somebody', async () => {
      const { endpoints, endpoint, owner, stranger } = await stored();
      const others = [
        anEndpoint({ userId: owner.userId, events: ['other.event'] }),
        anEndpoint({ userId: owner.userId, disabledBecause: 'gone' }),
        anEndpoint({ userId: stranger.userId }),
      ];
      const everybody = anEndpoint({ userId: stranger.userId, audience: 'everybody' });
      for (const other of [...others, everybody]) await endpoints.add(other);

      const heard = await endpoints.subscribers('thing.done', owner.userId);

      expect(heard).toEqual(expect.arrayContaining([endpoint.id, everybody.id]));
      for (const { id } of others) expect(heard).not.toContain(id);
      await endpoints.delete(everybody.id, stranger);
    });

    it('replaces no secret of what is not there', async () => {
      const { endpoints } = setup();

      await expect(endpoints.replaceSecret(newId(), NOW)).rejects.toThrow(WebhookEndpointNotFound);
    });
  });
}
