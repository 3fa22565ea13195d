import { describe, expect, it } from 'vitest';
import type { Access, Roles } from '../../access/roles.js';
import { newId } from '../../kernel/values/ids.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { ApiKeyExpired, ApiKeyInvalid } from './api-key.errors.js';
import { hashOf, newApiKey } from './api-key-format.js';
import type { ApiKeyStore, StoredKey } from './api-key-store.js';
import type { ApiKeyUsage } from './api-key-usage.js';
import { ApiKeys } from './api-keys.js';

const LATER = new Date('2031-01-01T00:00:00.000Z');

const anOwner = (...permissions: string[]): Access => ({ roles: ['user'], permissions: new Set(permissions) });

function setup({ permissions = ['orders:read'], ownerHolds = ['orders:read', 'orders:place'] } = {}) {
  const clock = new StoppedClock();
  const key: StoredKey = { id: newId(), userId: newId(), permissions, expiresAt: LATER };
  const text = newApiKey(key.id);
  const asked: string[] = [];
  const used: string[] = [];

  let isCached = false;
  const find = (hash: Buffer) => (hash.equals(hashOf(text)) ? key : undefined);
  const store = {
    cached: (hash: Buffer) => (isCached ? find(hash) : undefined),
    find: async (hash: Buffer) => {
      asked.push(hash.toString('hex'));
      isCached = true;
      return find(hash);
    },
  } as ApiKeyStore;
  const owner = { access: anOwner(...ownerHolds) };
  const cachedAccessOf = () => (isCached ? owner.access : undefined);
  const roles = { cachedAccessOf, accessOf: async () => owner.access } as unknown as Roles;
  const usage = { note: (id: string) => void used.push(id) } as ApiKeyUsage;
  return { apiKeys: new ApiKeys(store, roles, usage, clock), clock, key, text, asked, used, owner };
}

describe('an API key', () => {
  it('acts for its owner within its own permissions', async () => {
    const { apiKeys, key, text } = setup();

    const principal = await apiKeys.authenticate(text);

    expect(principal).toEqual({
      id: key.userId,
      kind: 'api-key',
      sessionId: null,
      apiKeyId: key.id,
      roles: ['user'],
      permissions: new Set(['orders:read']),
    });
  });

  it('may not do what its owner may not do any more', async () => {
    const { apiKeys, text, owner } = setup({
      permissions: ['orders:read', 'roles:write'],
      ownerHolds: ['orders:read', 'roles:write'],
    });
    const before = await apiKeys.authenticate(text);

    owner.access = anOwner('orders:read');

    expect([...before.permissions]).toEqual(['orders:read', 'roles:write']);
    expect([...(apiKeys.cachedPrincipal(text)?.permissions ?? [])]).toEqual(['orders:read']);
  });

  it('is cached after it was asked for', async () => {
    const { apiKeys, text } = setup();
    expect(apiKeys.cachedPrincipal(text)).toBeUndefined();

    const principal = await apiKeys.authenticate(text);

    expect(apiKeys.cachedPrincipal(text)).toEqual(principal);
  });

  it('notes its use, cached or not', async () => {
    const { apiKeys, text, key, used } = setup();

    await apiKeys.authenticate(text);
    apiKeys.cachedPrincipal(text);

    expect(used).toEqual([key.id, key.id]);
  });

  it('ends on time, also in memory', async () => {
    const { apiKeys, text, clock } = setup();
    await apiKeys.authenticate(text);

    clock.pass((LATER.getTime() - clock.now().getTime()) / 1000);

    expect(apiKeys.cachedPrincipal(text)).toBeUndefined();
    await expect(apiKeys.authenticate(text)).rejects.toThrow(ApiKeyExpired);
  });

  it('is refused when it is not one of ours', async () => {
    const { apiKeys, key } = setup();

    await expect(apiKeys.authenticate(newApiKey(key.id))).rejects.toThrow(ApiKeyInvalid);
  });

  it('is not even looked for when it is misspelled', async () => {
    const { apiKeys, text, asked } = setup();

    await expect(apiKeys.authenticate(text.slice(0, -1))).rejects.toThrow(ApiKeyInvalid);
    expect(asked).toEqual([]);
  });
});
