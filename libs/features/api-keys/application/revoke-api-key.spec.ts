import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { ApiKeyNotFound } from '../domain/api-key.errors.js';
import { anApiKey, NOW } from '../testing/api-key.factory.js';
import { InMemoryApiKeysRepository } from '../testing/in-memory-api-keys.repository.js';
import { RevokeApiKey } from './revoke-api-key.js';

async function setup() {
  const [apiKeys, changes, audit] = [
    new InMemoryApiKeysRepository(),
    new ImmediateAccessChanges(),
    new RecordedAudit(),
  ];
  const apiKey = anApiKey();
  await apiKeys.add(apiKey);
  const revoke = new RevokeApiKey(apiKeys, changes, audit, new StoppedClock(NOW));
  return { apiKey, apiKeys, changes, audit, revoke };
}

it('revokes a key everywhere, on record, and leaves it in the list', async () => {
  const { apiKey, apiKeys, changes, audit, revoke } = await setup();

  await revoke.execute(apiKey.id);

  expect(changes.made).toEqual([`api-key:${apiKey.id}`]);
  expect(audit.recorded).toEqual([{ type: 'api-key.revoked', subjectId: apiKey.id }]);
  expect((await apiKeys.list({ limit: 1, after: null })).items).toEqual([{ ...apiKey, revokedAt: NOW }]);
});

it('finds neither an unknown key nor one that was revoked before', async () => {
  const { apiKey, audit, revoke } = await setup();
  await revoke.execute(apiKey.id);

  for (const id of [apiKey.id, newId()]) await expect(revoke.execute(id)).rejects.toThrow(ApiKeyNotFound);

  expect(audit.recorded).toHaveLength(1);
});
