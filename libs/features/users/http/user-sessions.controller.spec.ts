import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { anOpenSession } from '#platform/testing/doubles/recorded-sessions.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { usersApp } from '../testing/users-app.js';

const url = (id: string) => `/v1/users/${id}/sessions`;

describe('/v1/users/:id/sessions', () => {
  it('answers 200 with where the user is signed in', async () => {
    const { app, user, sessions } = await usersApp();
    sessions.open = [anOpenSession({ userAgent: 'Firefox' })];

    const response = await app.inject(url(user.id));

    expect([response.statusCode, response.json().data]).toMatchObject([200, [{ userAgent: 'Firefox' }]]);
  });

  it('answers 204 to signing a user out everywhere', async () => {
    const { app, user, sessions } = await usersApp();

    const response = await app.inject({ method: 'DELETE', url: url(user.id) });

    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(sessions.ended).toEqual([[user.id, null]]);
  });

  it.each(['GET', 'DELETE'] as const)('answers 404 with a code to %s when there is no such user', async (method) => {
    const { app } = await usersApp();

    expect((await app.inject({ method, url: url(newId()) })).json()).toMatchObject({
      status: 404,
      code: 'USER_NOT_FOUND',
    });
  });
});

describe('a user without the permission', () => {
  it.each([
    ['see where somebody is signed in', 'GET', 'sessions:end'],
    ['sign anybody out', 'DELETE', 'sessions:read'],
  ] as const)('gets 403 when trying to %s', async (_, method, other) => {
    const { app, user, sessions } = await usersApp(aHolderOf(other));

    expect((await app.inject({ method, url: url(user.id) })).json()).toMatchObject({
      status: 403,
      code: 'PERMISSION_DENIED',
    });
    expect(sessions.ended).toEqual([]);
  });
});
