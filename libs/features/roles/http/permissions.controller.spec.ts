import { describe, expect, it } from 'vitest';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { rolesApp } from '../testing/roles-app.js';

describe('GET /v1/permissions', () => {
  it('answers 200 with every permission by name, and whether everybody holds it', async () => {
    const { app } = await rolesApp();

    const { data } = (await app.inject('/v1/permissions')).json();
    const names = data.map(({ name }: { name: string }) => name);

    expect(data).toContainEqual({ name: 'tests:everyone', description: 'Look at tests.', everyone: true });
    expect(data).toContainEqual({ name: 'tests:read', description: 'Read tests.', everyone: false });
    expect(names).toEqual(names.toSorted());
  });

  it('answers 403 to a user without the permission', async () => {
    const { app } = await rolesApp(aHolderOf('roles:write', 'roles:assign'));

    expect((await app.inject('/v1/permissions')).json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
