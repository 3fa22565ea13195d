import { describe, expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { ImmediateAccessChanges } from '#platform/testing/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { ApiKeyNotFound, ApiKeyPermissionUnknown } from '../domain/api-key.errors.js';
import { aKeyMaker, daysAfterNow, NOW } from '../testing/api-key.factory.js';
import { InMemoryApiKeysRepository } from '../testing/in-memory-api-keys.repository.js';
import { CreateApiKey } from './create-api-key.js';
import { ListApiKeys } from './list-api-keys.js';
import { RevokeApiKey } from './revoke-api-key.js';

const maker = aKeyMaker('tests:read');

function setup() {
  const apiKeys = new InMemoryApiKeysRepository();
  const [changes, audit, clock] = [new ImmediateAccessChanges(), new RecordedAudit(), new StoppedClock(NOW)];
  const transaction = { run: <T>(work: () => Promise<T>) => work() };
  return {
    changes,
    audit,
    create: new CreateApiKey(apiKeys, transaction, audit, clock),
    list: new ListApiKeys(apiKeys),
    revoke: new RevokeApiKey(apiKeys, changes, audit, clock),
  };
}

describe('a new API key', () => {
  it('belongs to its maker, lasts 90 days, and is on record without its secret', async () => {
    const { create, audit } = setup();

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
    expect(audit.recorded).toEqual([
      { type: 'api-key.created', subjectId: made.id, details: { permissions: ['tests:read'] } },
    ]);
    expect(JSON.stringify(audit.recorded)).not.toContain(key);
  });

  it('holds what exists and what its maker holds', async () => {
    const { create } = setup();

    await expect(create.execute(maker, { name: 'x', permissions: ['tests:fly'] })).rejects.toThrow(
      ApiKeyPermissionUnknown,
    );
    await expect(create.execute(maker, { name: 'x', permissions: ['tests:read', 'tests:write'] })).rejects.toThrow(
      PermissionDenied,
    );
  });
});

describe('a revoked API key', () => {
  it('is refused everywhere, stays in the list, and is on record', async () => {
    const { create, revoke, list, changes, audit } = setup();
    const { id } = await create.execute(maker, { name: 'x', permissions: ['tests:read'] });

    await revoke.execute(aKeyMaker(), id);

    expect(changes.made).toEqual([`api-key:${id}`]);
    expect(audit.recorded.at(-1)).toEqual({ type: 'api-key.revoked', subjectId: id });
    expect((await list.execute(maker, { limit: 1, after: null })).items).toMatchObject([{ id, revokedAt: NOW }]);
    await expect(revoke.execute(maker, id)).rejects.toThrow(ApiKeyNotFound);
  });
});

describe('whoever lacks the permission', () => {
  const nobody = { ...maker, permissions: new Set(['tests:read']) };

  it('neither makes, sees nor revokes keys', async () => {
    const { create, list, revoke } = setup();

    await expect(create.execute(nobody, { name: 'x', permissions: ['tests:read'] })).rejects.toThrow(PermissionDenied);
    await expect(list.execute(nobody, { limit: 1, after: null })).rejects.toThrow(PermissionDenied);
    await expect(revoke.execute(nobody, maker.id)).rejects.toThrow(PermissionDenied);
  });
});
