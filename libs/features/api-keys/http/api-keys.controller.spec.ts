import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { anApiKey } from '../testing/api-key.factory.js';
import { apiKeysApp } from '../testing/api-keys-app.js';

const UNKNOWN = '0190a1b2-0000-7000-8000-00000000000a';
const URL = '/v1/api-keys';

describe('POST /v1/api-keys', () => {
  it('answers 201 with the key, which the list does not show', async () => {
    const { app, maker } = await apiKeysApp();

    const made = await app.inject({
      method: 'POST',
      url: URL,
      payload: { name: ' shop ', permissions: ['tests:read'] },
    });
    const { key, ...shown } = made.json().data;

    expect(made.statusCode).toBe(201);
    expect(key).toEqual(expect.any(String));
    expect(shown).toMatchObject({ userId: maker.id, name: 'shop', permissions: ['tests:read'] });
    expect((await app.inject(URL)).json().data).toEqual([shown]);
  });

  it('answers 422 with a code to a permission that does not exist', async () => {
    const { app } = await apiKeysApp();

    const response = await app.inject({
      method: 'POST',
      url: URL,
      payload: { name: 'shop', permissions: ['tests:fly'] },
    });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'API_KEY_PERMISSION_UNKNOWN',
      errors: [{ pointer: '#/permissions/0' }],
    });
  });

  it.each([{}, { name: 'shop', permissions: [] }, { name: 'a\nb', permissions: ['tests:read'] }])(
    'answers 422 to %j',
    async (payload) => {
      const { app } = await apiKeysApp();

      expect((await app.inject({ method: 'POST', url: URL, payload })).json().code).toBe('VALIDATION_FAILED');
    },
  );
});

describe('DELETE /v1/api-keys/:id', () => {
  it("answers 204 once, also to somebody else's, and 404 with a code after that", async () => {
    const { app, apiKeys } = await apiKeysApp();
    const { id, ...key } = anApiKey({ userId: newId() });
    await apiKeys.add({ id, ...key });
    const revoke = () => app.inject({ method: 'DELETE', url: `${URL}/${id}` });

    expect((await revoke()).statusCode).toBe(204);
    expect((await revoke()).json()).toMatchObject({ status: 404, code: 'API_KEY_NOT_FOUND' });
  });
});

describe('a user without the permission', () => {
  it.each([
    ['POST', '', 'api-keys:read'],
    ['GET', '', 'api-keys:write'],
    ['DELETE', `/${UNKNOWN}`, 'api-keys:read'],
  ] as const)('gets 403 from %s /v1/api-keys%s, also with %s', async (method, path, other) => {
    const { app } = await apiKeysApp(aHolderOf('tests:read', other));

    const response = await app.inject({
      method,
      url: URL + path,
      ...(method === 'POST' && { payload: { name: 'shop', permissions: ['tests:read'] } }),
    });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
