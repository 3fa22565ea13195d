import { describe, expect, it } from 'vitest';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { aRole } from '../testing/role.factory.js';
import { rolesApp } from '../testing/roles-app.js';

const URL = '/v1/roles';

describe('GET /v1/roles', () => {
  it('answers 200 with all roles by name, the built-in ones among them', async () => {
    const { app, roles } = await rolesApp();
    const role = aRole({ name: 'testers' });
    await roles.add(role);

    const { data } = (await app.inject(URL)).json();

    expect(data).toMatchObject([{ name: 'admin', isBuiltIn: true }, role, { name: 'user', isBuiltIn: true }]);
  });
});

describe('POST /v1/roles', () => {
  const post = async (payload: object) => (await rolesApp()).app.inject({ method: 'POST', url: URL, payload });

  it('answers 201 with the role and where it is', async () => {
    const response = await post({ name: 'testers', permissions: ['tests:read'] });

    expect([response.statusCode, response.headers.location]).toEqual([201, '/v1/roles/testers']);
    expect(response.json()).toEqual({ data: { name: 'testers', isBuiltIn: false, permissions: ['tests:read'] } });
  });

  it('answers 409 with a code to a name that is taken', async () => {
    expect((await post({ name: 'user', permissions: [] })).json()).toMatchObject({
      status: 409,
      code: 'ROLE_NAME_TAKEN',
    });
  });

  it.each([
    ['PERMISSION_UNKNOWN', { name: 'x', permissions: ['tests:fly'] }, ['#/permissions/0']],
    ['VALIDATION_FAILED', { name: 'Two Words', permissions: 'all' }, ['#/name', '#/permissions']],
  ])('answers 422 %s to %j', async (code, payload, pointers) => {
    const problem = (await post(payload)).json();

    expect(problem).toMatchObject({ status: 422, code });
    expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  });
});

describe('/v1/roles/:name', () => {
  it('answers 200 to a change and 204 to a deletion, after which the role is missing', async () => {
    const { app, roles } = await rolesApp();
    await roles.add(aRole({ name: 'testers' }));
    const url = `${URL}/testers`;

    const changed = await app.inject({ method: 'PUT', url, payload: { permissions: ['tests:write'] } });
    const deleted = await app.inject({ method: 'DELETE', url });

    expect([changed.statusCode, changed.json().data.permissions]).toEqual([200, ['tests:write']]);
    expect(deleted.statusCode).toBe(204);
    expect((await app.inject({ method: 'DELETE', url })).json()).toMatchObject({ status: 404, code: 'ROLE_NOT_FOUND' });
  });

  it.each(['PUT', 'DELETE'] as const)('answers 409 with a code to %s of a built-in role', async (method) => {
    const { app } = await rolesApp();
    const request = { method, url: `${URL}/admin`, ...(method === 'PUT' && { payload: { permissions: [] } }) };

    expect((await app.inject(request)).json()).toMatchObject({ status: 409, code: 'ROLE_BUILT_IN' });
  });
});

describe('a user without the permission', () => {
  it.each([
    ['GET', '', 'roles:write'],
    ['POST', '', 'roles:read'],
    ['PUT', '/testers', 'roles:read'],
    ['DELETE', '/testers', 'roles:read'],
  ] as const)('gets 403 from %s /v1/roles%s, also with %s', async (method, path, other) => {
    const { app, roles } = await rolesApp(aHolderOf(other));
    await roles.add(aRole({ name: 'testers' }));
    const payload = { POST: { name: 'x', permissions: [] }, PUT: { permissions: [] } }[method as string];

    const response = await app.inject({ method, url: URL + path, ...(payload && { payload }) });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
