import { afterAll, describe, expect, it } from 'vitest';
import { hashOf } from '#platform/auth/api-keys/api-key-format.js';
import { newId } from '#platform/kernel/values/ids.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { anApiKey } from '../testing/api-key.factory.js';
import { describeApiKeysRepository } from '../testing/api-keys.repository.contract.js';
import { PrismaApiKeysRepository } from './prisma-api-keys.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now } });
  return id;
}

const apiKeys = new PrismaApiKeysRepository(database);

describeApiKeysRepository('PrismaApiKeysRepository', () => ({ apiKeys, aUserId }));

describe('in Postgres', () => {
  it('a key is there as a hash only', async () => {
    const key = anApiKey({ userId: await aUserId() });

    const text = await apiKeys.add(key);

    const row = await database.client.apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(Buffer.from(row.hash)).toEqual(hashOf(text));
    expect(JSON.stringify(row)).not.toContain(text.slice(-49));
  });
});
