import { decodeJwt } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { newId } from '../../kernel/values/ids.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { RefreshTokenInvalid, RefreshTokenReused } from '../auth.errors.js';
import { BROWSER, IDLE, LEEWAY, LIFE, someSessions } from '../testing/sessions.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const setup = (overrides?: Record<string, string>) => someSessions(database, overrides);
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
