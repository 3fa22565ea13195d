import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import {
  type Account,
  inDatabase,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';

let system: System;
let secondApi: Program;
let admin: Account;
beforeAll(async () => {
  // One issuer: what one process signs, the other accepts.
  system = await startSystem({ AUTH_ISSUER: 'https://api.example.test' });
  secondApi = await start('api', system.env);
});
beforeEach(async () => {
  admin = await signUpOnlyAdministrator(system);
});
afterAll(async () => {
  await secondApi?.stop();
  await system.stop();
});

const here = () => system.client;
const there = () => new ApiClient(secondApi.url);

const assign = ({ id }: Account, roles: readonly string[], { token }: Account = admin) =>
  here().send('PUT', `/v1/users/${id}/roles`, { token, body: { roles } });

async function aRole(permissions: string[]): Promise<string> {
  const name = `role-${randomUUID()}`;
  await orThrow(here().as(admin.token).POST('/v1/roles', { body: { name, permissions } }));
  return name;
}

/** Somebody who has one role beside everybody's. */
async function aHolderOf(permissions: string[]): Promise<Account> {
  const holder = await signUpWithId(system);
  await assign(holder, ['user', await aRole(permissions)]);
  return holder;
}

describe('a role', () => {
  it('gives its permissions to those who hold it, in every process, within a second', async () => {
    const somebody = await signUpWithId(system);
    const name = await aRole(['users:read']);
    const statusAt = async (api: ApiClient) => (await api.get('/v1/users', { token: somebody.token })).status;
    const statuses = () => Promise.all([here(), there()].map(statusAt));
    expect(await statuses()).toEqual([403, 403]);

    const times: number[] = [];
    for (const [change, expected] of [
      [() => assign(somebody, ['user', name]), 200],
      [() => here().send('PUT', `/v1/roles/${name}`, { token: admin.token, body: { permissions: [] } }), 403],
      [
        () => here().send('PUT', `/v1/roles/${name}`, { token: admin.token, body: { permissions: ['users:read'] } }),
        200,
      ],
      [() => assign(somebody, ['user']), 403],
    ] as const) {
      expect((await change()).status).toBe(200);
      const startedAt = performance.now();
      await eventually(async () => expect(await statuses()).toEqual([expected, expected]));
      times.push(performance.now() - startedAt);
    }

    expect(Math.max(...times)).toBeLessThan(patience(1_000));
  });

  it('is deleted when nobody holds it any more', async () => {
    const name = await aRole([]);
    const holder = await signUpWithId(system);
    await assign(holder, [name]);
    const remove = () => here().send('DELETE', `/v1/roles/${name}`, { token: admin.token });

    const held = await remove();
    await assign(holder, []);
    const free = await remove();
    const gone = await remove();

    expect([held.status, held.body.code, free.status, gone.status]).toEqual([409, 'ROLE_IN_USE', 204, 404]);
  });

  it.each(['admin', 'user'])('%s cannot be changed, deleted or made again', async (name) => {
    const { token } = admin;

    const answers = [
      await here().send('PUT', `/v1/roles/${name}`, { token, body: { permissions: [] } }),
      await here().send('DELETE', `/v1/roles/${name}`, { token }),
      await here().post('/v1/roles', { name, permissions: [] }, { token }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(answers.map(({ body }) => body.code)).toEqual(['ROLE_BUILT_IN', 'ROLE_BUILT_IN', 'ROLE_NAME_TAKEN']);
  });

  it('grants only what exists', async () => {
    const body = { name: `role-${randomUUID()}`, permissions: ['users:read', 'users:fly'] };

    const role = await here().post('/v1/roles', body, { token: admin.token });
    const assigned = await assign(admin, ['admin', 'pilot']);

    expect([role.status, role.body.code, role.body.errors[0].pointer]).toEqual([
      422,
      'PERMISSION_UNKNOWN',
      '#/permissions/1',
    ]);
    expect([assigned.status, assigned.body.code, assigned.body.errors[0].pointer]).toEqual([
      422,
      'ROLE_UNKNOWN',
      '#/roles/1',
    ]);
  });
});

describe('permissions that a user hands on', () => {
  it('a user who may assign roles cannot make an administrator', async () => {
    const [delegate, friend] = [await aHolderOf(['roles:assign']), await signUpWithId(system)];

    const answers = [
      await assign(delegate, ['admin'], delegate),
      await assign(friend, ['admin'], delegate),
      await assign(admin, ['user'], delegate),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'PERMISSION_DENIED']),
    );
  });

  it('a user who may assign roles can assign those within their own permissions', async () => {
    const [delegate, friend] = [await aHolderOf(['roles:assign', 'users:read']), await signUpWithId(system)];
    const name = await aRole(['users:read']);

    expect((await assign(friend, ['user', name], delegate)).status).toBe(200);
  });

  it('a user who may write roles cannot put in or take out a permission they do not hold', async () => {
    const { token } = await aHolderOf(['roles:write', 'roles:read']);
    const name = await aRole(['users:delete']);

    const answers = [
      await here().post('/v1/roles', { name: `role-${randomUUID()}`, permissions: ['users:delete'] }, { token }),
      await here().send('PUT', `/v1/roles/${name}`, { token, body: { permissions: ['roles:read'] } }),
      await here().send('DELETE', `/v1/roles/${name}`, { token }),
    ];
    const allowed = await here().post(
      '/v1/roles',
      { name: `role-${randomUUID()}`, permissions: ['roles:read'] },
      { token },
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(allowed.status).toBe(201);
  });

  it('a user who may change users cannot change administrators', async () => {
    const { token } = await aHolderOf(['users:update', 'users:delete', 'sessions:end']);
    const path = `/v1/users/${admin.id}`;

    const answers = [
      await here().send('PATCH', path, { token, body: { status: 'disabled' } }),
      await here().send('DELETE', path, { token }),
      await here().send('DELETE', `${path}/sessions`, { token }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

describe('the last administrator', () => {
  it.each<[string, (path: string) => Promise<{ status: number; body: { code?: string } }>]>([
    ['resign', (path) => here().send('PUT', `${path}/roles`, { token: admin.token, body: { roles: ['user'] } })],
    ['be disabled', (path) => here().send('PATCH', path, { token: admin.token, body: { status: 'disabled' } })],
    ['be deleted', (path) => here().send('DELETE', path, { token: admin.token })],
  ])('cannot %s', async (_, leave) => {
    const { status, body } = await leave(`/v1/users/${admin.id}`);

    expect([status, body.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
    expect((await here().get('/v1/users', { token: admin.token })).status).toBe(200);
  });

  it('remains, however many remove each other at the same time', async () => {
    const admins = [admin, ...(await Promise.all(Array.from({ length: 5 }, () => signUpWithId(system))))];
    for (const each of admins.slice(1)) await assign(each, ['user', 'admin']);
    const ways = [
      (id: string, token: string) => there().send('PUT', `/v1/users/${id}/roles`, { token, body: { roles: [] } }),
      (id: string, token: string) => here().send('PATCH', `/v1/users/${id}`, { token, body: { status: 'disabled' } }),
      (id: string, token: string) => there().send('DELETE', `/v1/users/${id}`, { token }),
    ];

    // Everybody removes the next one, in a ring, through both processes.
    const next = (position: number) => admins[(position + 1) % admins.length]!;
    await Promise.all(admins.map(({ token }, position) => ways[position % ways.length]!(next(position).id, token)));
    // And the one who is left tries to go, too.
    await Promise.all(admins.flatMap(({ id, token }) => ways.map((remove) => remove(id, token))));

    const left = await inDatabase(
      system,
      `SELECT 1 FROM user_roles r JOIN users u ON u.id = r.user_id
      WHERE r.role_name = 'admin' AND u.status = 'active' AND u.deleted_at IS NULL`,
    );
    expect(left).toHaveLength(1);
  });
});

describe('an account', () => {
  it('that is disabled is signed out everywhere within a second, and stays out until it is enabled', async () => {
    const somebody = await signUpWithId(system);
    const setStatus = (status: string) =>
      here().send('PATCH', `/v1/users/${somebody.id}`, { token: admin.token, body: { status } });
    const { email, password } = somebody;
    const signIn = async () => (await here().post('/v1/auth/login', { email, password }, fromElsewhere())).status;
    expect((await there().get('/v1/me', { token: somebody.token })).status).toBe(200);

    expect((await setStatus('disabled')).body.data.status).toBe('disabled');
    await eventually(
      async () => expect((await there().get('/v1/me', { token: somebody.token })).status).toBe(401),
      1_000,
    );
    const whileDisabled = await signIn();
    await setStatus('active');

    expect([whileDisabled, await signIn()]).toEqual([403, 200]);
  });

  it('that is deleted is gone for everybody', async () => {
    const somebody = await signUpWithId(system);
    const path = `/v1/users/${somebody.id}`;

    const removed = await here().send('DELETE', path, { token: admin.token });
    await eventually(
      async () => expect((await there().get('/v1/me', { token: somebody.token })).status).toBe(401),
      1_000,
    );
    const again = [
      await here().send('DELETE', path, { token: admin.token }),
      await here().get(path, { token: admin.token }),
    ];
    const signIn = await here().post(
      '/v1/auth/login',
      { email: somebody.email, password: somebody.password },
      fromElsewhere(),
    );

    expect([removed.status, ...again.map(({ status }) => status), signIn.status]).toEqual([204, 404, 404, 401]);
  });

  it('is signed out by an administrator who has seen the sessions, and may sign in again', async () => {
    const somebody = await signUpWithId(system);

    const listed = await here().get(`/v1/users/${somebody.id}/sessions`, { token: admin.token });
    const ended = await here().send('DELETE', `/v1/users/${somebody.id}/sessions`, { token: admin.token });
    await eventually(
      async () => expect((await there().get('/v1/me', { token: somebody.token })).status).toBe(401),
      1_000,
    );
    const signIn = await here().post(
      '/v1/auth/login',
      { email: somebody.email, password: somebody.password },
      fromElsewhere(),
    );

    expect(listed.body.data).toEqual([
      expect.objectContaining({ id: expect.any(String), createdAt: expect.any(String) }),
    ]);
    expect([ended.status, signIn.status]).toEqual([204, 200]);
  });

  it('is found by how its address begins, or by its id', async () => {
    const somebody = await signUpWithId(system);
    const api = here().as(admin.token);
    const found = async (query: string) => {
      const { data } = await orThrow(api.GET('/v1/users', { params: { query: { query } } }));
      return data.map(({ id }) => id);
    };

    // They wrote themselves; what is listed to others may be a few seconds old.
    await eventually(async () => expect(await found(somebody.email.slice(0, 20).toUpperCase())).toEqual([somebody.id]));
    expect(await found(somebody.id)).toEqual([somebody.id]);
    expect(await found('%')).toEqual([]);
  });
});

describe('what administrators do', () => {
  it('is on record, without names or addresses', async () => {
    const somebody = await signUpWithId(system);
    await assign(somebody, ['user', await aRole(['users:read'])]);
    await here().send('PATCH', `/v1/users/${somebody.id}`, { token: admin.token, body: { status: 'disabled' } });

    const events = await inDatabase(system, 'SELECT * FROM audit_events WHERE subject_id = $1 ORDER BY id', [
      somebody.id,
    ]);

    expect(events).toMatchObject([
      { type: 'user.created', actor_id: somebody.id },
      {
        type: 'user.roles-changed',
        actor_id: admin.id,
        ip_address: expect.any(String),
        request_id: expect.any(String),
      },
      { type: 'user.disabled', actor_id: admin.id },
    ]);
    expect(JSON.stringify(events)).not.toContain(somebody.email);
  });

  it('includes what they were refused, and what strangers tried, counted', async () => {
    const somebody = await signUpWithId(system);
    for (let i = 0; i < 5; i++) await here().get('/v1/roles', { token: somebody.token });
    const home = fromElsewhere();
    for (let i = 0; i < 5; i++) await here().post('/v1/auth/login', { email: somebody.email, password: 'wrong' }, home);

    await eventually(async () => {
      const noticed = (type: string, column: 'actor_id' | 'subject_id') =>
        inDatabase(system, `SELECT * FROM audit_events WHERE type = $1 AND ${column} = $2`, [type, somebody.id]);
      const [refused] = await noticed('permission.refused', 'actor_id');
      const [failed] = await noticed('authentication.failed', 'subject_id');
      expect(refused).toMatchObject({ details: { code: 'PERMISSION_DENIED', route: 'GET /v1/roles' } });
      expect(failed).toMatchObject({
        actor_id: null,
        ip_address: home.headers['x-forwarded-for'],
        details: { code: 'INVALID_CREDENTIALS' },
      });
    });
  });
});
