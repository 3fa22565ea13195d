import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { aUser } from '../testing/user.factory.js';
import { usersApp } from '../testing/users-app.js';

const URL = '/v1/users';

describe('GET /v1/users', () => {
  it('answers 200 page by page, newest first', async () => {
    const { app, user, users } = await usersApp();
    const newer = aUser();
    await users.add(newer);

    const first = (await app.inject(`${URL}?limit=1`)).json();
    const second = (await app.inject(`${URL}?limit=1&cursor=${first.meta.page.nextCursor}`)).json();

    expect([...first.data, ...second.data]).toMatchObject([{ id: newer.id }, { id: user.id, email: user.email }]);
    expect(second.meta.page.nextCursor).toBeNull();
  });

  it('answers 200 with those whose address begins as it is asked for, however it is written', async () => {
    const { app, user, users } = await usersApp();
    await users.add(aUser());

    const response = await app.inject(`${URL}?query=%20${user.email.toUpperCase()}`);

    expect(response.json().data).toMatchObject([{ id: user.id }]);
  });
});

describe('/v1/users/:id', () => {
  it('answers 200 with the user, to a change, and 204 to a deletion, after which the user is missing', async () => {
    const { app, user } = await usersApp();
    const url = `${URL}/${user.id}`;

    const shown = await app.inject(url);
    const changed = await app.inject({ method: 'PATCH', url, payload: { name: ' Grace ', status: 'disabled' } });
    const deleted = await app.inject({ method: 'DELETE', url });

    expect([shown.statusCode, shown.json().data]).toMatchObject([200, { id: user.id, roles: ['user'] }]);
    expect([changed.statusCode, changed.json().data]).toMatchObject([200, { name: 'Grace', status: 'disabled' }]);
    expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
    expect((await app.inject(url)).json()).toMatchObject({ status: 404, code: 'USER_NOT_FOUND' });
  });

  it.each([{ status: 'lost' }, { name: '' }, { email: 'x@example.test' }])(
    'answers 422 to a change to %j',
    async (payload) => {
      const { app, user } = await usersApp();

      expect((await app.inject({ method: 'PATCH', url: `${URL}/${user.id}`, payload })).statusCode).toBe(422);
    },
  );
});

describe('a user without the permission', () => {
  it.each([
    ['list users', 'GET', '', 'users:update'],
    ['see a user', 'GET', `/${newId()}`, 'users:update'],
    ['change a user', 'PATCH', `/${newId()}`, 'users:read'],
    ['delete a user', 'DELETE', `/${newId()}`, 'users:update'],
  ] as const)('gets 403 when trying to %s', async (_, method, path, other) => {
    const { app } = await usersApp(aHolderOf(other));

    const response = await app.inject({ method, url: URL + path, ...(method === 'PATCH' && { payload: {} }) });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
