import { expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { ApiKeyPermissionUnknown } from '../domain/api-key.errors.js';
import { aKeyMaker, daysAfterNow, NOW } from '../testing/api-key.factory.js';
import { InMemoryApiKeysRepository } from '../testing/in-memory-api-keys.repository.js';
import { CreateApiKey } from './create-api-key.js';

const maker = aKeyMaker('tests:read');

function setup() {
  const [apiKeys, audit] = [new InMemoryApiKeysRepository(), new RecordedAudit()];
  const create = new CreateApiKey(apiKeys, new ImmediateTransaction(), audit, new StoppedClock(NOW));
  const stored = async () => (await apiKeys.list({ limit: 10, after: null })).items;
  return { create, audit, stored };
}

it('makes a key that belongs to its maker and lasts 90 days', async () => {
  const { create, stored } = setup();

  const { key, ...made } = await create.execute(maker, { name: 'shop', permissions: ['tests:read', 'tests:read'] });

  expect(made).toEqual({
    id: expect.any(String),
    userId: maker.id,
    name: 'shop',
    permissions: ['tests:read'],
    createdAt: NOW,
    expiresAt: daysAfterNow(90),
    lastUsedAt: null,
    revokedAt: null,
  });
  expect(key).toEqual(expect.any(String));
  expect(await stored()).toEqual([made]);
});

it('puts the key on record without its secret', async () => {
  const { create, audit } = setup();

  const { key, id } = await create.execute(maker, { name: 'shop', permissions: ['tests:read'] });

  expect(audit.recorded).toEqual([
    { type: 'api-key.created', subjectId: id, details: { permissions: ['tests:read'] } },
  ]);
  expect(JSON.stringify(audit.recorded)).not.toContain(key);
});

it.each([
  ['permissions that do not exist', ['tests:fly'], ApiKeyPermissionUnknown],
  ['permissions that its maker does not hold', ['tests:read', 'tests:write'], PermissionDenied],
])('makes no key with %s', async (_, permissions, refusal) => {
  const { create, stored } = setup();

  await expect(create.execute(maker, { name: 'shop', permissions })).rejects.toThrow(refusal);
  expect(await stored()).toEqual([]);
});
