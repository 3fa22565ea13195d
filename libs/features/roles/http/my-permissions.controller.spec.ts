import { describe, expect, it } from 'vitest';
import { aHolderOf, userWithoutPermissions } from '#platform/testing/principal.factory.js';
import { rolesApp } from '../testing/roles-app.js';

describe('GET /v1/me/permissions', () => {
  it.each([
    ['what the caller may do, by name', aHolderOf('tests:write', 'roles:read'), ['roles:read', 'tests:write']],
    ['nothing for a user without permissions', userWithoutPermissions, []],
  ])('answers 200 with %s', async (_, caller, data) => {
    const { app } = await rolesApp(caller);

    const response = await app.inject('/v1/me/permissions');

    expect([response.statusCode, response.json()]).toEqual([200, { data }]);
  });
});
