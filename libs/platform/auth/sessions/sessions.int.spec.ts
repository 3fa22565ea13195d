import { decodeJwt } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { newId } from '../../kernel/values/ids.js';
import { RecordedAudit } from '../../testing/doubles/recorded-audit.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { aPrincipal } from '../../testing/principal.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { RefreshTokenInvalid, RefreshTokenReused } from '../auth.errors.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import type { EndedSessionsBroadcast } from './ended-sessions-broadcast.js';
import { RecentSignIns } from './recent-sign-ins.js';
import { SessionLifetimes } from './session-lifetimes.js';
import { SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';

const LEEWAY = 10;
const IDLE = 1_000;
const LIFE = 3_000;
const BROWSER = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now } });
  return id;
}

async function setup(overrides: Record<string, string> = {}) {
  const lives = {
    AUTH_REFRESH_LEEWAY: String(LEEWAY),
    AUTH_REFRESH_IDLE_TTL: String(IDLE),
    AUTH_REFRESH_TTL: String(LIFE),
  };
  const config = loadEnv(aValidEnv({ ...lives, ...overrides }));
  const clock = new StoppedClock();
  const published: string[] = [];
  const broadcast = { publish: (ids: readonly string[]) => void published.push(...ids) } as EndedSessionsBroadcast;
  const lifetimes = new SessionLifetimes(config, clock);
  const accessTokens = new AccessTokens(new SigningKeys(config), clock, config);
  const audit = new RecordedAudit();
  const store = new SessionStore(database, lifetimes, broadcast, audit);
  const sessions = new Sessions(store, lifetimes, accessTokens, new RefreshTokens(config));
  const userId = await aUserId();
  const isRecent = (sessionId: string | null) =>
    new RecentSignIns(store, clock).require(aPrincipal({ id: userId, sessionId })).then(
      () => true,
      () => false,
    );
  return { sessions, store, clock, published, audit, userId, isRecent };
}

const settle = async (work: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map(({ status }) => status);
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('a session', () => {
  it('begins with an access token, a refresh token, and how long each is good for', async () => {
    const { sessions, userId } = await setup();

    const tokens = await sessions.begin(userId, BROWSER);

    expect(tokens).toMatchObject({ expiresIn: 600, refreshExpiresIn: IDLE });
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: userId, sid: tokens.sessionId });
  });

  it('leaves nothing in its row that could be presented as a token', async () => {
    const { sessions, store, userId } = await setup();
    const { sessionId, refreshToken } = await sessions.begin(userId, BROWSER);

    const row = JSON.stringify(await store.find(sessionId));

    expect(row).not.toContain(refreshToken);
    expect(row).not.toContain(refreshToken.slice(-43));
  });

  it('is on record when it begins and when it ends', async () => {
    const { sessions, audit, userId } = await setup();

    const { sessionId } = await sessions.begin(userId, BROWSER);
    await sessions.end(sessionId);
    await sessions.end(sessionId);

    expect(audit.recorded).toEqual([
      { type: 'session.begun', actorId: userId, subjectId: sessionId },
      { type: 'session.ended', subjectId: sessionId },
    ]);
  });

  it('is listed for its owner, the newest first, until it ends', async () => {
    const { sessions, userId } = await setup();
    const first = await sessions.begin(userId, BROWSER);
    const second = await sessions.begin(userId, { userAgent: 'x'.repeat(1_000), ipAddress: null });
    const third = await sessions.begin(userId, BROWSER);
    await sessions.end(third.sessionId);

    const listed = await sessions.list(userId);

    expect(listed.map(({ id }) => id)).toEqual([second.sessionId, first.sessionId]);
    expect(listed.map(({ userAgent }) => userAgent?.length)).toEqual([256, 7]);
  });

  it('joins the transaction it is begun in', async () => {
    const { sessions, userId } = await setup();

    const begun = database.transaction(async () => {
      await sessions.begin(userId, BROWSER);
      throw new Error('thought better of it');
    });

    await expect(begun).rejects.toThrow('thought better of it');
    expect(await sessions.list(userId)).toEqual([]);
  });
});

describe('refresh', () => {
  it('replaces the refresh token, again and again, in one row', async () => {
    const { sessions, store, userId } = await setup();
    const seen = [await sessions.begin(userId, BROWSER)];

    for (let i = 0; i < 20; i++) seen.push(await sessions.refresh(seen.at(-1)!.refreshToken));

    expect(new Set(seen.map(({ refreshToken }) => refreshToken)).size).toBe(21);
    expect(new Set(seen.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect((await store.find(seen[0]!.sessionId))?.counter).toBe(20);
    expect(await sessions.list(userId)).toHaveLength(1);
  });

  it('answers twenty at once with one successor', async () => {
    const { sessions, store, userId } = await setup();
    const { refreshToken, sessionId } = await sessions.begin(userId, BROWSER);

    const answers = await Promise.all(times(20, () => sessions.refresh(refreshToken)));

    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.accessToken)).size).toBe(20);
    expect((await store.find(sessionId))?.counter).toBe(1);
    await expect(sessions.refresh(answers[0]!.refreshToken)).resolves.toMatchObject({ sessionId });
  });

  it('answers the token before with the same successor, for as long as the leeway', async () => {
    const { sessions, clock, userId } = await setup();
    const { refreshToken } = await sessions.begin(userId, BROWSER);
    const successor = await sessions.refresh(refreshToken);

    clock.pass(LEEWAY - 0.001);
    const again = await sessions.refresh(refreshToken);

    expect(again.refreshToken).toBe(successor.refreshToken);
    expect(again.accessToken).not.toBe(successor.accessToken);
  });

  it('does not prolong the leeway by asking again', async () => {
    const { sessions, clock, userId } = await setup();
    const { refreshToken } = await sessions.begin(userId, BROWSER);
    await sessions.refresh(refreshToken);

    clock.pass(LEEWAY - 1);
    await sessions.refresh(refreshToken);
    clock.pass(1);

    await expect(sessions.refresh(refreshToken)).rejects.toThrow(RefreshTokenReused);
  });

  it.each([
    ['the token before, once the leeway is over', { LEEWAY: 10, pass: 10, refreshes: 1 }],
    ['the token before, at once, when there is no leeway', { LEEWAY: 0, pass: 0, refreshes: 1 }],
    ['the token before the one before, within the leeway', { LEEWAY: 10, pass: 0, refreshes: 2 }],
    ['a token of long ago', { LEEWAY: 10, pass: 5, refreshes: 9 }],
  ])('ends the session when it is shown %s', async (_, { LEEWAY: leeway, pass, refreshes }) => {
    const { sessions, clock, userId, published } = await setup({ AUTH_REFRESH_LEEWAY: String(leeway) });
    const first = await sessions.begin(userId, BROWSER);
    let newest = first;
    for (let i = 0; i < refreshes; i++) newest = await sessions.refresh(newest.refreshToken);
    clock.pass(pass);

    await expect(sessions.refresh(first.refreshToken)).rejects.toThrow(RefreshTokenReused);

    await expect(sessions.refresh(newest.refreshToken)).rejects.toThrow(RefreshTokenInvalid);
    expect(published).toEqual([first.sessionId]);
    expect(await sessions.list(userId)).toEqual([]);
  });

  it('ends only the session whose token it was', async () => {
    const { sessions, clock, userId } = await setup();
    const [stolen, other] = [await sessions.begin(userId, BROWSER), await sessions.begin(userId, BROWSER)];
    await sessions.refresh(stolen.refreshToken);
    clock.pass(LEEWAY);

    await expect(sessions.refresh(stolen.refreshToken)).rejects.toThrow(RefreshTokenReused);

    await expect(sessions.refresh(other.refreshToken)).resolves.toBeDefined();
  });

  it('refuses what we did not make, and leaves the session alone', async () => {
    const { sessions, userId } = await setup();
    const { refreshToken, accessToken, sessionId } = await sessions.begin(userId, BROWSER);
    const otherSecret = new RefreshTokens(loadEnv(aValidEnv({ APP_SECRET: 'another-secret-another-secret-another' })));

    for (const token of ['', 'nonsense', accessToken, sessionId, `${refreshToken}x`, otherSecret.issue(sessionId, 0)]) {
      await expect(sessions.refresh(token)).rejects.toThrow(RefreshTokenInvalid);
    }

    await expect(sessions.refresh(refreshToken)).resolves.toBeDefined();
  });

  it('refuses a token from the future, as after a restored backup', async () => {
    const { sessions, userId } = await setup();
    const { sessionId, refreshToken } = await sessions.begin(userId, BROWSER);
    const future = new RefreshTokens(loadEnv(aValidEnv())).issue(sessionId, 5);

    await expect(sessions.refresh(future)).rejects.toThrow(RefreshTokenInvalid);
    await expect(sessions.refresh(refreshToken)).resolves.toBeDefined();
  });

  it('refuses a token of a session that nobody remembers', async () => {
    const { sessions } = await setup();

    await expect(sessions.refresh(new RefreshTokens(loadEnv(aValidEnv())).issue(newId(), 0))).rejects.toThrow(
      RefreshTokenInvalid,
    );
  });

  it('refuses a session that was idle for too long', async () => {
    const { sessions, clock, userId } = await setup();
    const { refreshToken } = await sessions.begin(userId, BROWSER);

    clock.pass(IDLE - 1);
    const refreshed = await sessions.refresh(refreshToken);
    clock.pass(IDLE);

    await expect(sessions.refresh(refreshed.refreshToken)).rejects.toThrow(RefreshTokenInvalid);
    expect(await sessions.list(userId)).toEqual([]);
  });

  it('brings no session past its absolute end, however busy it is', async () => {
    const { sessions, clock, userId } = await setup();
    let tokens = await sessions.begin(userId, BROWSER);
    for (let passed = 0; passed < LIFE - 500; passed += 500) {
      clock.pass(500);
      tokens = await sessions.refresh(tokens.refreshToken);
    }

    expect(tokens).toMatchObject({ refreshExpiresIn: 500, expiresIn: 500 });
    clock.pass(500);
    await expect(sessions.refresh(tokens.refreshToken)).rejects.toThrow(RefreshTokenInvalid);
  });
});

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
    const somebodyElses = await sessions.begin(await aUserId(), BROWSER);

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

    expect(await sessions.endOwn(await aUserId(), sessionId)).toBe(false);
    await expect(sessions.refresh(refreshToken)).resolves.toBeDefined();
    expect(await sessions.endOwn(userId, sessionId)).toBe(true);
  });
});

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

    await sessions.confirm(await aUserId(), sessionId);
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
