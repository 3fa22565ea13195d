import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { ApiKeysRepository } from '../application/api-keys.repository.js';
import { ApiKeyNotFound } from '../domain/api-key.errors.js';
import { anApiKey, daysAfterNow, NOW } from './api-key.factory.js';

type Setup = () => { apiKeys: ApiKeysRepository; aUserId: () => Promise<string> };

/** Runs against the fake and against Postgres, so a use case tested on the fake means something. */
export function describeApiKeysRepository(name: string, setup: Setup): void {
  describe(name, () => {
    it('gives each key a secret of its own, and lists it without', async () => {
      const { apiKeys, aUserId } = setup();
      const key = anApiKey({ userId: await aUserId(), permissions: ['tests:read', 'tests:write'] });

      const text = await apiKeys.add(key);

      expect(text).toContain(key.id.replaceAll('-', ''));
      const { items } = await apiKeys.list({ limit: 1, after: null });
      expect(items).toEqual([key]);
    });

    it('lists the newest first, page by page', async () => {
      const { apiKeys, aUserId } = setup();
      const userId = await aUserId();
      const keys = [anApiKey({ userId }), anApiKey({ userId }), anApiKey({ userId })];
      for (const key of keys) await apiKeys.add(key);

      const first = await apiKeys.list({ limit: 2, after: null });
      const second = await apiKeys.list({ limit: 1, after: first.next });

      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(keys.map(({ id }) => id).reverse());
    });

    it('revokes a key once', async () => {
      const { apiKeys, aUserId } = setup();
      const key = anApiKey({ userId: await aUserId() });
      await apiKeys.add(key);

      await apiKeys.revoke(key.id, NOW);

      await expect(apiKeys.revoke(key.id, daysAfterNow(1))).rejects.toThrow(ApiKeyNotFound);
      await expect(apiKeys.revoke(newId(), NOW)).rejects.toThrow(ApiKeyNotFound);
      expect((await apiKeys.list({ limit: 1, after: null })).items).toEqual([{ ...key, revokedAt: NOW }]);
    });
  });
}
