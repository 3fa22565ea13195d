import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../testing/test-database.js';
import { RefreshTokenInvalid } from '../auth.errors.js';
import { aUserId, BROWSER, someSessions } from '../testing/sessions.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const setup = () => someSessions(database);
const settle = async (work: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map(({ status }) => status);
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('the end of a session', () => {
  it('is final, for the current token and for the one before', async () => {
    const { sessions, userId, published } = await setup();
    const first = await sessions.begin(userId, BROWSER);
    const second = await sessions.refresh(first.refreshToken);

    expect(await sessions.end(first.sessionId)).toBe(true);

    await expect(sessions.refresh(second.refreshToken)).rejects.toThrow(RefreshTokenInvalid);
    await expect(sessions.refresh(first.refreshToken)).rejects.toThrow(RefreshTokenInvalid);
    expect(published).toEqual([first.sessionId]);
    expect(await sessions.end(first.sessionId)).toBe(false);
  });

  it('leaves nothing alive when it races with refreshes', async () => {
    const { sessions, userId } = await setup();

    for (const _ of times(10, () => null)) {
      const { sessionId, refreshToken } = await sessions.begin(userId, BROWSER);
      const refreshes = times(5, () => sessions.refresh(refreshToken));
      const ended = sessions.end(sessionId);
      const answers = (
        await Promise.allSettled([...refreshes, ...times(5, () => sessions.refresh(refreshToken))])
      ).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.refreshToken] : []));
      await ended;

      expect(await settle([...new Set(answers), refreshToken].map((token) => sessions.refresh(token)))).not.toContain(
        'fulfilled',
      );
    }
    expect(await sessions.list(userId)).toEqual([]);
  });

  it('is published when the transaction commits, and never when it does not', async () => {
    const { sessions, userId, published } = await setup();
    const [kept, ended] = [await sessions.begin(userId, BROWSER), await sessions.begin(userId, BROWSER)];

    const undone = database.transaction(async () => {
      await sessions.end(kept.sessionId);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await database.transaction(async () => {
      await sessions.end(ended.sessionId);
      expect(published).toEqual([]);
    });

    expect(published).toEqual([ended.sessionId]);
    await expect(sessions.refresh(kept.refreshToken)).resolves.toBeDefined();
  });

  it('can spare the session it is asked from', async () => {
    const { sessions, userId, published } = await setup();
    const [mine, second, third] = [
      await sessions.begin(userId, BROWSER),
      await sessions.begin(userId, BROWSER),
      await sessions.begin(userId, BROWSER),
    ];
    const somebodyElses = await sessions.begin(await aUserId(database), BROWSER);

    await sessions.endAll(userId, mine.sessionId);
    expect(published.sort()).toEqual([second.sessionId, third.sessionId].sort());
    await expect(sessions.refresh(mine.refreshToken)).resolves.toBeDefined();

    await sessions.endAll(userId);
    expect(await sessions.list(userId)).toEqual([]);
    await expect(sessions.refresh(somebodyElses.refreshToken)).resolves.toBeDefined();
  });

  it("is not for others to decide: somebody else's session is like none", async () => {
    const { sessions, userId } = await setup();
    const { sessionId, refreshToken } = await sessions.begin(userId, BROWSER);

    expect(await sessions.endOwn(await aUserId(database), sessionId)).toBe(false);
    await expect(sessions.refresh(refreshToken)).resolves.toBeDefined();
    expect(await sessions.endOwn(userId, sessionId)).toBe(true);
  });
});
