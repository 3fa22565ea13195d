import { generateKeyPairSync } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { SqlAudit } from '../../audit/sql-audit.js';
import { loadEnv } from '../../config/load-env.js';
import type { Database } from '../../database/database.js';
import { RecordedAudit } from '../../testing/doubles/recorded-audit.js';
import { RecordedLog } from '../../testing/doubles/recorded-log.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { SigningKeys } from './signing-keys.js';
import { SigningKeysRecord } from './signing-keys-record.js';

const database = testDatabase();
const otherDatabase = testDatabase();
afterAll(() => Promise.all([database, otherDatabase].map((each) => each.onApplicationShutdown())));

const aKey = (kid: string) => ({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid,
  alg: 'EdDSA',
});

/** A process that starts with these keys. */
function aProcess(keys: readonly object[], { of = database, log = new RecordedLog() } = {}) {
  const signingKeys = new SigningKeys(loadEnv(aValidEnv({ AUTH_SIGNING_KEYS: JSON.stringify({ keys }) })));
  return new SigningKeysRecord(signingKeys, of, new SqlAudit(of, new StoppedClock(), log.logger));
}

const onRecord = async () => {
  const events = await database.client.auditEvent.findMany({
    where: { type: 'signing-keys.changed' },
    orderBy: { id: 'asc' },
  });
  return events.map(({ actorId, subjectId, details }) => ({
    actorId,
    subjectId,
    ...(details as { before: string[]; after: string[] }),
  }));
};

const kids = (described: readonly string[]) => described.map((one) => one.split(' ', 1)[0]);

describe('a set of signing keys', () => {
  it('is on record when a process first starts with it, and not again', async () => {
    const [old, next] = [aKey('old'), aKey('next')];
    const log = new RecordedLog();
    for (const keys of [[old], [old], [old, next], [next, old], [next, old]]) await aProcess(keys, { log }).report();

    const events = (await onRecord()).slice(-3);

    expect(events.map(({ after }) => kids(after))).toEqual([['old'], ['old', 'next'], ['next', 'old']]);
    expect(events.slice(1).map(({ before }) => kids(before))).toEqual([['old'], ['old', 'next']]);
    expect(events[0]).toMatchObject({ actorId: null, subjectId: 'signing-keys' });
    expect(log.lines.filter(({ audit }) => audit === 'signing-keys.changed')).toHaveLength(3);
  });

  it('shows nothing secret', async () => {
    const [key, log] = [aKey('public'), new RecordedLog()];

    await aProcess([key], { log }).report();

    const shown = JSON.stringify(await onRecord()) + log.text;
    expect(shown).toContain('public EdDSA');
    expect(shown).not.toContain(key.d);
  });

  it('names each key by its thumbprint, as others compute it', async () => {
    const keys = [
      aKey('okp'),
      {
        ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
        kid: 'ec',
        alg: 'ES256',
      },
      {
        ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
        kid: 'rsa',
        alg: 'RS256',
      },
    ];

    await aProcess(keys).report();

    const thumbprints = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)));
    expect((await onRecord()).at(-1)?.after.map((one) => one.split(' ')[2])).toEqual(thumbprints);
  });

  it('is another one when a key has changed behind its name', async () => {
    const before = (await onRecord()).length;

    for (const key of [aKey('same'), aKey('same')]) await aProcess([key]).report();

    expect(await onRecord()).toHaveLength(before + 2);
  });

  it('is on record once when many processes start with it at the same time', async () => {
    const before = (await onRecord()).length;

    for (let round = 1; round <= 8; round++) {
      const key = aKey('together');
      await Promise.all(
        Array.from({ length: 16 }, (_, i) => aProcess([key], { of: i % 2 ? database : otherDatabase }).report()),
      );

      expect(await onRecord()).toHaveLength(before + round);
    }
  });
});

describe('a start without Postgres', () => {
  it('goes on, and the record follows', async () => {
    vi.useFakeTimers({ toNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const [audit, calls] = [new RecordedAudit(), { made: 0 }];
    const away = {
      transaction: (work: () => Promise<void>) => (++calls.made < 3 ? Promise.reject(new Error('away')) : work()),
      query: async () => [],
    };
    const keys = new SigningKeys(loadEnv(aValidEnv()));
    const record = new SigningKeysRecord(keys, away as unknown as Database, audit);

    record.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(11_000);
    vi.useRealTimers();
    await record.onModuleDestroy();

    expect(warn.mock.calls).toEqual([[expect.stringContaining('away')]]);
    expect(audit.recorded).toMatchObject([{ type: 'signing-keys.changed', details: { before: [] } }]);
    warn.mockRestore();
  });
});
