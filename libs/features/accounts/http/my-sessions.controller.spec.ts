import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { accountsApp } from '../testing/accounts-app.js';
import { NOW } from '../testing/user.factory.js';

const context = await accountsApp();
const { app } = context;
// As they are stored, with what nobody is shown.
context.sessions.open = context.sessions.open.map((session) => ({ ...session, userId: newId(), counter: 7 }));
afterAll(() => app.close());

describe('/v1/me/sessions', () => {
  const end = (path: string, headers = {}) => app.inject({ method: 'DELETE', url: `/v1/me/sessions${path}`, headers });
  const deletedCookies = async (path: string, headers = {}) =>
    [(await end(path, headers)).headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 2).join(';'));

  it('deletes the cookies of a user who ends the session that asks, and no others', async () => {
    const { elsewhere, principal } = context;
    const headers = { cookie: '__Host-session=a.b.c; __Host-refresh=d' };

    expect(await deletedCookies(`/${principal.sessionId}`, headers)).toEqual([
      '__Host-session=; Max-Age=0',
      '__Host-refresh=; Max-Age=0',
    ]);
    expect(await deletedCookies(`/${principal.sessionId?.toUpperCase()}`, headers)).toHaveLength(2);
    expect(await deletedCookies(`/${principal.sessionId}`)).toEqual([]);
    for (const path of [`/${elsewhere.id}`, '', `/${newId()}`]) expect(await deletedCookies(path, headers)).toEqual([]);
  });

  it('answers 200 with the open ones, and nothing of their secrets', async () => {
    const response = await app.inject('/v1/me/sessions');

    const at = NOW.toISOString();
    const shown = { userAgent: 'Firefox', ipAddress: null, createdAt: at, rotatedAt: at, expiresAt: at };
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      data: [
        { id: context.principal.sessionId, isCurrent: true, ...shown },
        { id: context.elsewhere.id, isCurrent: false, ...shown },
      ],
    });
  });

  it('answers 204 to ending one, and all others', async () => {
    const before = context.sessions.ended.length;
    const { id: other } = context.elsewhere;

    expect([(await end(`/${other}`)).statusCode, (await end('')).statusCode]).toEqual([204, 204]);

    const { id, sessionId } = context.principal;
    expect(context.sessions.ended.slice(before)).toEqual([
      [id, other],
      [id, sessionId],
    ]);
  });

  it('answers 404 with a code to an unknown or foreign one, and 422 to what is no id', async () => {
    expect((await end(`/${newId()}`)).json()).toMatchObject({ status: 404, code: 'SESSION_NOT_FOUND' });
    expect((await end('/nonsense')).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
  });
});
