import { Logger } from '@nestjs/common';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import type { Config } from '../../config/config.js';
import { loadEnv } from '../../config/load-env.js';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/values/ids.js';
import { Broadcasts } from '../../redis/broadcasts.js';
import { RedisConnections } from '../../redis/connection/redis-connections.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { EndedSessions } from './ended-sessions.js';
import { EndedSessionsBroadcast } from './ended-sessions-broadcast.js';
import { EndedSessionsReader } from './ended-sessions-reader.js';

const NOBODY_LISTENS = 'redis://127.0.0.1:1';
/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;

Logger.overrideLogger(false);

const database = testDatabase();
const closing: (() => unknown)[] = [() => database.onApplicationShutdown()];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** What every process holds, connected to the same Postgres and, unless told otherwise, the same Redis. */
async function aProcess({
  REDIS_URL = process.env.REDIS_URL,
  postgres = database,
}: {
  REDIS_URL?: string | undefined;
  postgres?: Database;
} = {}) {
  const config: Config = loadEnv(aValidEnv({ REDIS_URL, REDIS_TIMEOUT: '200' }));
  const connections = new RedisConnections(config);
  const commands = connections.commands();
  await commands.connect().catch(() => undefined);

  const endedSessions = new EndedSessions({ now: () => new Date() }, config);
  const broadcast = new EndedSessionsBroadcast(endedSessions, new Broadcasts(connections, commands));
  const reader = new EndedSessionsReader(endedSessions, postgres);
  closing.push(
    () => connections.close(),
    () => reader.onModuleDestroy(),
  );
  return {
    endedSessions,
    broadcast,
    reader,
    start: () => Promise.all([broadcast.onModuleInit(), reader.onModuleInit()]),
  };
}

/** A session in Postgres that ended so many seconds ago. */
async function anEndedSession(secondsAgo = 0): Promise<string> {
  const [id, userId, now] = [newId(), newId(), new Date()];
  await database.client.user.create({
    data: { id: userId, email: `${userId}@example.test`, createdAt: now, updatedAt: now },
  });
  const endedAt = new Date(now.getTime() - secondsAgo * 1000);
  await database.client.session.create({
    data: { id, userId, createdAt: now, rotatedAt: now, expiresAt: now, endedAt },
  });
  return id;
}

/** How long it takes until the session is known, in milliseconds. */
async function timeUntil({ has }: { has: () => boolean }): Promise<number> {
  const started = performance.now();
  await eventually(() => expect(has()).toBe(true));
  return performance.now() - started;
}

describe('ended sessions', () => {
  it('are known to another process as soon as Redis has passed them on', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    await Promise.all([here.start(), there.start()]);
    const [first, second] = [newId(), newId()];

    // Subscribing takes a moment: what is published before is what the reader is for.
    const warmUp = newId();
    await eventually(() => {
      here.broadcast.publish([warmUp]);
      expect(there.endedSessions.has(warmUp)).toBe(true);
    });
    here.broadcast.publish([first, second]);

    expect(here.endedSessions.has(first)).toBe(true);
    expect(
      await timeUntil({ has: () => there.endedSessions.has(first) && there.endedSessions.has(second) }),
    ).toBeLessThan(patience(500));
  });

  it('are known right after a process has started', async () => {
    const sessionId = await anEndedSession(590);
    const { endedSessions, start } = await aProcess();

    await start();

    expect(endedSessions.has(sessionId)).toBe(true);
  });

  it('are not read when their access tokens have all expired', async () => {
    const sessionId = await anEndedSession(700);
    const { endedSessions, start } = await aProcess();

    await start();

    expect(endedSessions.has(sessionId)).toBe(false);
  });

  it('are known within a second when no message can arrive', async () => {
    const { endedSessions, start } = await aProcess({ REDIS_URL: NOBODY_LISTENS });
    await start();

    const sessionId = await anEndedSession();

    expect(await timeUntil({ has: () => endedSessions.has(sessionId) })).toBeLessThan(patience(LESS_THAN_A_SECOND_MS));
  });

  it('are refused here at once when nobody can be told', async () => {
    const { endedSessions, broadcast, start } = await aProcess({ REDIS_URL: NOBODY_LISTENS });
    await start();
    const sessionId = newId();

    broadcast.publish([sessionId]);

    expect(endedSessions.has(sessionId)).toBe(true);
  });

  it('are read as soon as Postgres answers, when it did not at the start', async () => {
    let isAway = true;
    const postgres = {
      query: (...args: Parameters<Database['query']>) =>
        isAway ? Promise.reject(new Error('away')) : database.query(...args),
    } as Database;
    const { endedSessions, start } = await aProcess({ postgres });
    const sessionId = await anEndedSession(300);

    await start();
    expect(endedSessions.isComplete).toBe(false);

    isAway = false;
    await eventually(() => expect(endedSessions.isComplete).toBe(true));
    expect(endedSessions.has(sessionId)).toBe(true);
  });
});
