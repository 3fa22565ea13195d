import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { CREDENTIAL_PREFIX } from '#platform/kernel/access/credential-prefix.js';
import {
  type Account,
  anApiKey,
  inDatabase,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

let system: System;
let secondApi: Program;
let admin: Account;
beforeAll(async () => {
  // One issuer: what one process signs, the other accepts.
  system = await startSystem({ AUTH_ISSUER: 'https://api.example.test' });
  secondApi = await start('api', system.env);
  admin = await signUpOnlyAdministrator(system);
});
afterAll(async () => {
  await secondApi?.stop();
  await system.stop();
});

const here = () => system.client;
const there = () => new ApiClient(secondApi.url);
const create = (body: object, token = admin.token) => here().post('/v1/api-keys', body, { token });
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('an API key', () => {
  it('is shown once, and stored as a hash', async () => {
    const { status, body } = await create({ name: 'shop', permissions: ['roles:read', 'users:read'] });
    const { id, key, ...rest } = body.data;

    const listed = await here().get('/v1/api-keys?limit=100', { token: admin.token });
    const [row] = await inDatabase(system, 'SELECT * FROM api_keys WHERE id = $1', [id]);

    expect(status).toBe(201);
    expect(key).toMatch(new RegExp(`^${CREDENTIAL_PREFIX}_[0-9a-f]{32}_[0-9A-Za-z]{49}$`));
    expect(rest).toMatchObject({
      userId: admin.id,
      name: 'shop',
      permissions: ['roles:read', 'users:read'],
      lastUsedAt: null,
    });
    expect(listed.body.data[0]).toEqual({ id, ...rest });
    expect(JSON.stringify(listed.body) + JSON.stringify(row)).not.toContain(key.slice(-49));
    expect(system.api.output()).not.toContain(key);
  });

  it('may do what it was given, and nothing else of what its owner may do', async () => {
    const { key } = await anApiKey(system, admin.token, ['users:read']);

    const allowed = await here().get('/v1/users', { token: key });
    const refused = [
      await here().get('/v1/roles', { token: key }),
      await here().get('/v1/me', { token: key }),
      await create({ name: 'x', permissions: ['users:read'] }, key),
    ];

    expect(allowed.status).toBe(200);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [403, 'PERMISSION_DENIED']),
    );
    expect((await here().get('/v1/me/permissions', { token: key })).body.data).toEqual(['users:read']);
  });

  it('is for somebody who has just signed in, or proved again who they are', async () => {
    const body = { name: 'late', permissions: ['users:read'] };
    const { email, password } = admin;
    const { accessToken: token, sessionId } = (
      await here().post('/v1/auth/login', { email, password }, fromElsewhere())
    ).body.data;
    await inDatabase(system, `UPDATE sessions SET created_at = created_at - interval '5 minutes' WHERE id = $1`, [
      sessionId,
    ]);
    const reauthenticate = (currentPassword: string) =>
      here().post('/v1/auth/reauthenticate', { currentPassword }, { token });

    const refused = await create(body, token);
    expect([refused.status, refused.body.code]).toEqual([403, 'REAUTHENTICATION_REQUIRED']);
    expect((await reauthenticate('wrong')).body.code).toBe('CURRENT_PASSWORD_WRONG');
    expect((await create(body, token)).status).toBe(403);
    expect((await reauthenticate(password)).status).toBe(204);

    expect((await create(body, token)).status).toBe(201);
  });

  it('makes no other keys, even when it may write keys', async () => {
    const { key } = await anApiKey(system, admin.token, ['api-keys:write', 'users:read']);

    const { status, body } = await create({ name: 'child', permissions: ['users:read'] }, key);

    expect([status, body.code]).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('loses what its owner loses, in every process within a second', async () => {
    const owner = await signUpWithId(system);
    const setRoles = (roles: string[]) =>
      here().send('PUT', `/v1/users/${owner.id}/roles`, { token: admin.token, body: { roles } });
    await setRoles(['user', 'admin']);
    const { key } = await anApiKey(system, owner.token, ['users:read']);
    expect((await there().get('/v1/users', { token: key })).status).toBe(200);

    await setRoles(['user']);

    await eventually(async () => expect((await there().get('/v1/users', { token: key })).status).toBe(403), 1_000);
  });

  it.each<[string, (owner: Account, id: string) => Promise<{ status: number }>]>([
    ['it is revoked', (_, id) => here().send('DELETE', `/v1/api-keys/${id}`, { token: admin.token })],
    [
      'its id is written in capitals when it is revoked',
      (_, id) => here().send('DELETE', `/v1/api-keys/${id.toUpperCase()}`, { token: admin.token }),
    ],
    [
      'its owner is disabled',
      (owner) => here().send('PATCH', `/v1/users/${owner.id}`, { token: admin.token, body: { status: 'disabled' } }),
    ],
    ['its owner is deleted', (owner) => here().send('DELETE', `/v1/users/${owner.id}`, { token: admin.token })],
  ])('ends everywhere within a second when %s', async (_, end) => {
    const owner = await signUpWithId(system);
    await here().send('PUT', `/v1/users/${owner.id}/roles`, { token: admin.token, body: { roles: ['user', 'admin'] } });
    const { id, key } = await anApiKey(system, owner.token, ['users:read']);
    const use = () => Promise.all([here(), there()].map((api) => api.get('/v1/users', { token: key })));
    expect((await use()).map(({ status }) => status)).toEqual([200, 200]);

    expect((await end(owner, id)).status).toBeLessThan(300);

    await eventually(
      async () => expect((await use()).map(({ body }) => body.code)).toEqual(['API_KEY_INVALID', 'API_KEY_INVALID']),
      1_000,
    );
  });

  it('is revoked once', async () => {
    const { id } = await anApiKey(system, admin.token, ['users:read']);
    const revoke = () => here().send('DELETE', `/v1/api-keys/${id}`, { token: admin.token });

    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 404]);
  });

  it('ends on time', async () => {
    const { id, key } = await anApiKey(system, admin.token, ['users:read']);
    await inDatabase(system, `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);

    const { status, body } = await here().get('/v1/users', { token: key });

    expect([status, body.code]).toEqual([401, 'API_KEY_EXPIRED']);
  });

  it('shows when it was used last', async () => {
    const { id, key } = await anApiKey(system, admin.token, ['users:read']);

    for (let i = 0; i < 20; i++) await here().get('/v1/users', { token: key });

    await eventually(async () => {
      const { data } = await orThrow(
        here()
          .as(admin.token)
          .GET('/v1/api-keys', { params: { query: { limit: 100 } } }),
      );
      const { lastUsedAt } = data.find((each) => each.id === id)!;
      expect(Date.parse(lastUsedAt!)).toBeGreaterThan(Date.now() - 60_000);
    });
  });

  it.each([
    ['nothing', {}, 422, 'VALIDATION_FAILED'],
    ['no permissions', { name: 'x', permissions: [] }, 422, 'VALIDATION_FAILED'],
    ['a permission that does not exist', { name: 'x', permissions: ['users:fly'] }, 422, 'API_KEY_PERMISSION_UNKNOWN'],
    [
      'a time that is over',
      { name: 'x', permissions: ['users:read'], expiresAt: daysFromNow(-1) },
      422,
      'API_KEY_EXPIRY_REFUSED',
    ],
    [
      'a time too far away',
      { name: 'x', permissions: ['users:read'], expiresAt: daysFromNow(400) },
      422,
      'API_KEY_EXPIRY_REFUSED',
    ],
    [
      'a field that is not known',
      { name: 'x', permissions: ['users:read'], userId: 'somebody' },
      422,
      'VALIDATION_FAILED',
    ],
  ])('is not made with %s', async (_, body, status, code) => {
    const answer = await create(body);

    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('holds nothing that its owner does not hold', async () => {
    const owner = await signUpWithId(system);
    const name = `key-writer-${Date.now()}`;
    await here().post('/v1/roles', { name, permissions: ['api-keys:write'] }, { token: admin.token });
    await here().send('PUT', `/v1/users/${owner.id}/roles`, { token: admin.token, body: { roles: ['user', name] } });

    const { status, body } = await create({ name: 'x', permissions: ['users:delete'] }, owner.token);

    expect([status, body.code]).toEqual([403, 'PERMISSION_DENIED']);
  });

  it.each(['', 'nonsense', `${'0'.repeat(32)}_${'a'.repeat(49)}`].map((rest) => `${CREDENTIAL_PREFIX}_${rest}`))(
    'is not %p',
    async (token) => {
      const { status, body } = await here().get('/v1/users', { token });

      expect([status, body.code]).toEqual([401, 'API_KEY_INVALID']);
    },
  );
});
