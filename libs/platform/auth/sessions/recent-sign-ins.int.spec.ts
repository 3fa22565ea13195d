import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/values/ids.js';
import { testDatabase } from '../../testing/test-database.js';
import { aUserId, BROWSER, someSessions } from '../testing/sessions.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const setup = () => someSessions(database);

describe('a recent sign-in', () => {
  const FIVE_MINUTES = 300;

  it('is one of less than five minutes ago, however often it was refreshed since', async () => {
    const { sessions, clock, userId, isRecent } = await setup();
    const { sessionId, refreshToken } = await sessions.begin(userId, BROWSER);

    clock.pass(FIVE_MINUTES - 1);
    expect(await isRecent(sessionId)).toBe(true);
    await sessions.refresh(refreshToken);
    clock.pass(1);

    expect(await isRecent(sessionId)).toBe(false);
  });

  it('is as good as one when its user has proved again who they are, which is on record', async () => {
    const { sessions, clock, audit, userId, isRecent } = await setup();
    const [{ sessionId }, other] = [await sessions.begin(userId, BROWSER), await sessions.begin(userId, BROWSER)];
    clock.pass(FIVE_MINUTES);

    await sessions.confirm(userId, sessionId);

    expect([await isRecent(sessionId), await isRecent(other.sessionId)]).toEqual([true, false]);
    expect(audit.recorded).toContainEqual(expect.objectContaining({ type: 'session.confirmed', subjectId: sessionId }));
    clock.pass(FIVE_MINUTES);
    expect(await isRecent(sessionId)).toBe(false);
  });

  it('is not made by somebody else, nor in a session that has ended', async () => {
    const { sessions, clock, userId, isRecent } = await setup();
    const { sessionId } = await sessions.begin(userId, BROWSER);
    clock.pass(FIVE_MINUTES);

    await sessions.confirm(await aUserId(database), sessionId);
    expect(await isRecent(sessionId)).toBe(false);
    await sessions.end(sessionId);
    await sessions.confirm(userId, sessionId);
    expect(await isRecent(sessionId)).toBe(false);
  });

  it('is nothing that an API key has, or a session that is gone', async () => {
    const { isRecent } = await setup();

    expect([await isRecent(null), await isRecent(newId())]).toEqual([false, false]);
  });
});
