import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { rolesApp } from '../testing/roles-app.js';

describe('PUT /v1/users/:id/roles', () => {
  type Context = Awaited<ReturnType<typeof rolesApp>>;
  const put = ({ app, userId }: Context, payload: object, id = userId) =>
    app.inject({ method: 'PUT', url: `/v1/users/${id}/roles`, payload });

  it('answers 200 with the roles the user has now', async () => {
    const response = await put(await rolesApp(), { roles: ['user', 'admin'] });

    expect([response.statusCode, response.json()]).toEqual([200, { data: { roles: ['admin', 'user'] } }]);
  });

  it('answers 422 with a code that points to a role that does not exist', async () => {
    expect((await put(await rolesApp(), { roles: ['user', 'pilot'] })).json()).toMatchObject({
      status: 422,
      code: 'ROLE_UNKNOWN',
      errors: [{ pointer: '#/roles/1' }],
    });
  });

  it('answers 404 with a code to a user who does not exist', async () => {
    expect((await put(await rolesApp(), { roles: [] }, newId())).json()).toMatchObject({
      status: 404,
      code: 'USER_NOT_FOUND',
    });
  });

  it('answers 403 to a user without the permission', async () => {
    const response = await put(await rolesApp(aHolderOf('roles:read', 'roles:write')), { roles: ['user'] });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
