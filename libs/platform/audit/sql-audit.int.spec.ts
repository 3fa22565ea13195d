import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '../kernel/values/ids.js';
import { withRequest } from '../request/current-request.js';
import { RecordedLog } from '../testing/doubles/recorded-log.js';
import { StoppedClock } from '../testing/doubles/stopped-clock.js';
import { testDatabase } from '../testing/test-database.js';
import { SqlAudit } from './sql-audit.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

function setup(of = database) {
  const log = new RecordedLog();
  return { audit: new SqlAudit(of, new StoppedClock(), log.logger), log };
}

const aRequest = () => ({
  id: newId(),
  ip: '192.0.2.1',
  method: 'POST',
  headers: {},
  span: null,
  traceId: '',
  principal: { id: newId(), kind: 'user' as const, sessionId: newId(), roles: [], permissions: new Set<string>() },
});

const eventsAbout = (subjectId: string) =>
  database.client.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } });

describe('an audit event', () => {
  it('tells who, what, when and from where, in the table and in the log', async () => {
    const { audit, log } = setup();
    const [request, subjectId] = [aRequest(), newId()];

    await withRequest(request, () =>
      audit.record({ type: 'role.changed', subjectId, details: { after: ['orders:read'] } }),
    );

    const known = { type: 'role.changed', subjectId, details: { after: ['orders:read'] }, count: 1 };
    expect(await eventsAbout(subjectId)).toEqual([
      {
        ...known,
        id: expect.any(String),
        actorId: request.principal.id,
        apiKeyId: null,
        ipAddress: '192.0.2.1',
        requestId: request.id,
        at: new Date('2030-01-01T12:00:00.000Z'),
      },
    ]);
    expect(log.lines).toMatchObject([
      {
        msg: 'audit',
        audit: 'role.changed',
        actor_id: request.principal.id,
        subject_id: subjectId,
        request_id: request.id,
      },
    ]);
  });

  it('names the API key that was used', async () => {
    const { audit } = setup();
    const [request, subjectId, apiKeyId] = [aRequest(), newId(), newId()];

    const byKey = { ...request, principal: { ...request.principal, kind: 'api-key' as const, apiKeyId } };

    await withRequest(byKey, () => audit.record({ type: 'a.b', subjectId }));

    expect(await eventsAbout(subjectId)).toMatchObject([{ actorId: request.principal.id, apiKeyId }]);
  });

  it('takes the actor it is told, also when that is nobody', async () => {
    const { audit } = setup();
    const [actorId, subjectId] = [newId(), newId()];

    await withRequest(aRequest(), () =>
      audit.record({ type: 'a.b', subjectId, actorId }, { type: 'a.c', subjectId, actorId: null }),
    );

    expect(await eventsAbout(subjectId)).toMatchObject([{ actorId }, { actorId: null }]);
  });

  it('is neither written nor logged when its transaction fails', async () => {
    const { audit, log } = setup();
    const subjectId = newId();

    const failing = database.transaction(async () => {
      await audit.record({ type: 'a.b', subjectId });
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await eventsAbout(subjectId)).toEqual([]);
    expect(log.lines).toEqual([]);
  });
});

describe('coalesced events', () => {
  it('are written together when the process stops, with how often they happened', async () => {
    const { audit, log } = setup();
    const subjectId = newId();
    for (let i = 0; i < 1_000; i++) audit.recordCoalesced({ type: 'authentication.failed', subjectId });

    await audit.onModuleDestroy();

    expect(await eventsAbout(subjectId)).toMatchObject([{ type: 'authentication.failed', count: 1_000 }]);
    expect(log.lines).toMatchObject([{ audit: 'authentication.failed', count: 1_000 }]);
  });

  it('are in the log when Postgres is away', async () => {
    const { audit, log } = setup({ writeAtCommit: () => Promise.reject(new Error('away')) } as never);
    audit.recordCoalesced({ type: 'authentication.failed' });

    await audit.onModuleDestroy();

    expect(log.lines).toMatchObject([{ audit: 'authentication.failed' }, { level: 'warn' }]);
  });
});
