import { afterAll, describe, expect, it } from 'vitest';
import { AccessInvalidation } from '../../access/access-invalidation.js';
import { newId } from '../../kernel/values/ids.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { testDatabase } from '../../testing/test-database.js';
import { hashOf, newApiKey } from './api-key-format.js';
import { ApiKeyStore } from './api-key-store.js';
import { ApiKeyUsage } from './api-key-usage.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const NOW = new Date('2030-01-01T12:00:00.000Z');
const LATER = new Date('2031-01-01T00:00:00.000Z');

async function aStoredKey() {
  const [id, userId] = [newId(), newId()];
  await database.client.user.create({
    data: { id: userId, email: `${userId}@example.test`, createdAt: NOW, updatedAt: NOW },
  });
  const hash = hashOf(newApiKey(id));
  await database.client.apiKey.create({
    data: {
      id,
      userId,
      name: 'tests',
      permissions: ['orders:read'],
      hash: new Uint8Array(hash),
      createdAt: NOW,
      expiresAt: LATER,
    },
  });
  return { id, userId, hash };
}

function setup() {
  const invalidation = new AccessInvalidation();
  invalidation.syncTo(1);
  return { invalidation, store: new ApiKeyStore(database, invalidation) };
}

describe('a stored key', () => {
  it('is found by its hash, and held in memory from then on', async () => {
    const { store } = setup();
    const { id, userId, hash } = await aStoredKey();
    expect(store.cached(hash)).toBeUndefined();

    const found = await store.find(hash);

    expect(found).toEqual({ id, userId, permissions: ['orders:read'], expiresAt: LATER });
    expect(store.cached(hash)).toEqual(found);
  });

  it.each<[string, (key: { id: string; userId: string }) => Promise<unknown>]>([
    ['it is revoked', ({ id }) => database.client.apiKey.update({ where: { id }, data: { revokedAt: NOW } })],
    [
      'its owner is disabled',
      ({ userId }) => database.client.user.update({ where: { id: userId }, data: { status: 'disabled' } }),
    ],
    [
      'its owner is deleted',
      ({ userId }) => database.client.user.update({ where: { id: userId }, data: { deletedAt: NOW } }),
    ],
  ])('is not found when %s', async (_, change) => {
    const { store } = setup();
    const key = await aStoredKey();

    await change(key);

    expect(await store.find(key.hash)).toBeUndefined();
  });

  it.each<[string, (key: { id: string; userId: string }) => `user:${string}` | `api-key:${string}` | 'everyone']>([
    ['the key', ({ id }) => `api-key:${id}`],
    ['its owner', ({ userId }) => `user:${userId}`],
    ['everyone', () => 'everyone'],
  ])('is forgotten at a change of %s', async (_, subject) => {
    const { store, invalidation } = setup();
    const key = await aStoredKey();
    await store.find(key.hash);

    invalidation.apply(2, subject(key));

    expect(store.cached(key.hash)).toBeUndefined();
  });

  it('stays in memory at changes of others', async () => {
    const { store, invalidation } = setup();
    const key = await aStoredKey();
    await store.find(key.hash);

    invalidation.apply(2, `api-key:${newId()}`);
    invalidation.apply(3, `user:${newId()}`);

    expect(store.cached(key.hash)).toBeDefined();
  });

  it('is not remembered when it was read before the change', async () => {
    const { store, invalidation } = setup();
    const key = await aStoredKey();

    const reading = store.find(key.hash);
    invalidation.apply(2, `api-key:${key.id}`);
    await reading;

    expect(store.cached(key.hash)).toBeUndefined();
  });
});

describe('the last use of a key', () => {
  const lastUse = async (id: string) => (await database.client.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt;

  it('is written once a minute at most, by however many processes', async () => {
    const clock = new StoppedClock();
    const [here, there] = [new ApiKeyUsage(database, clock), new ApiKeyUsage(database, clock)];
    const { id } = await aStoredKey();
    const useEverywhere = async () => {
      for (const usage of [here, there]) {
        usage.note(id);
        await usage.write();
      }
    };

    await useEverywhere();
    const first = await lastUse(id);
    clock.pass(59);
    await useEverywhere();
    const soonAfter = await lastUse(id);
    clock.pass(1);
    await useEverywhere();

    expect([first, soonAfter, await lastUse(id)]).toEqual([NOW, NOW, new Date('2030-01-01T12:01:00.000Z')]);
  });

  it('is written for many keys in one statement', async () => {
    const usage = new ApiKeyUsage(database, new StoppedClock());
    const keys = await Promise.all(Array.from({ length: 5 }, aStoredKey));
    for (let i = 0; i < 1_000; i++) usage.note(keys[i % 5]!.id);

    await usage.write();

    expect(await Promise.all(keys.map(({ id }) => lastUse(id)))).toEqual(keys.map(() => NOW));
  });
});
