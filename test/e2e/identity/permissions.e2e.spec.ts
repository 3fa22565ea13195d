import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  administrators,
  anyCredential,
  type Callers,
  type Expectation,
  open,
  signedIn,
  type World,
} from '#platform/testing/system/access-expectations.js';
import {
  type Account,
  anApiKey,
  aSilentUser,
  inDatabase,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import type { Answer } from '#platform/testing/system/api-client.js';
import { hasFeature } from '#platform/testing/system/features.js';
import { fromElsewhere } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { ROOT } from '../../../tools/servers/local-directory.ts';

/*
 * Every operation of openapi.json, called by everybody. A new operation needs a row: in `libs/features/<name>/testing/<name>.access.ts`, or this file fails.
 * Who the callers are is said in test/access-expectations.ts.
 */
const KEY_PERMISSIONS = ['users:read', 'api-keys:read', 'roles:read'];

/** Keys call where there are any. */
const CALLERS = new Set(['anonymous', 'user', 'other', 'admin', ...(hasFeature('api-keys') ? ['apiKey'] : [])]);

/** Refused for its body: the caller was let in. */
const LET_IN = 422;
const nonsense = () => ({ body: { nonsense: true } });
const aUser = async ({ system }: World) => ({ params: { id: await aSilentUser(system) } });
const aRole = async ({ system, admin }: World) => {
  const name = `role-${randomUUID()}`;
  await system.client.post('/v1/roles', { name, permissions: [] }, { token: admin.token });
  return { params: { name } };
};

/** Those of the platform and of what every service has. A feature says its own in `testing/<name>.access.ts`. */
const COMMON: Readonly<Record<string, Expectation>> = {
  'Jwks.find': { statuses: open(200) },
  'Discovery.openIdConfiguration': { statuses: open(200) },
  'Discovery.authorizationServer': { statuses: open(200) },
  'Health.live': { statuses: open(200) },
  'Health.ready': { statuses: open(200) },
  'Health.startup': { statuses: open(200) },
  'Downloads.download': { statuses: open(LET_IN), call: () => ({ params: {} }) },
  'UploadForms.receive': { statuses: open(415), call: nonsense },

  'Registration.register': { statuses: open(LET_IN), call: nonsense },
  'Registration.verify': { statuses: open(LET_IN), call: nonsense },
  'Registration.resend': { statuses: open(LET_IN), call: nonsense },
  'PasswordReset.forgot': { statuses: open(LET_IN), call: nonsense },
  'PasswordReset.reset': { statuses: open(LET_IN), call: nonsense },
  'Sessions.login': { statuses: open(LET_IN), call: nonsense },
  'Sessions.refresh': { statuses: open(LET_IN), call: nonsense },
  'Sessions.reauthenticate': { statuses: signedIn(LET_IN), call: nonsense },
  'Sessions.logout': { statuses: signedIn(204) },

  'Me.get': { statuses: signedIn(200) },
  'Me.update': { statuses: signedIn(200), call: () => ({ body: { name: 'Ada' } }) },
  'MyPassword.change': { statuses: signedIn(LET_IN), call: nonsense },
  'MySessions.list': { statuses: signedIn(200) },
  'MySessions.end': { statuses: signedIn(404), call: () => ({ params: { id: randomUUID() } }) },
  'MySessions.endOthers': { statuses: signedIn(204) },
  'MyPermissions.list': { statuses: anyCredential(200) },

  'Permissions.list': { statuses: administrators(200, 200) },
  'Roles.list': { statuses: administrators(200, 200) },
  'Roles.create': {
    recentSignIn: true,
    statuses: administrators(201),
    call: () => ({ body: { name: `role-${randomUUID()}`, permissions: [] } }),
  },
  'Roles.change': {
    recentSignIn: true,
    statuses: administrators(200),
    call: async (world) => ({ ...(await aRole(world)), body: { permissions: [] } }),
  },
  'Roles.delete': { statuses: administrators(204), call: aRole },
  'UserRoles.assign': {
    recentSignIn: true,
    statuses: administrators(200),
    call: async (world) => ({ ...(await aUser(world)), body: { roles: ['user'] } }),
  },

  'Users.list': { statuses: administrators(200, 200) },
  'Users.get': { statuses: administrators(200, 200), call: aUser },
  'Users.update': {
    statuses: administrators(200),
    call: async (world) => ({ ...(await aUser(world)), body: { status: 'disabled' } }),
  },
  'Users.delete': { statuses: administrators(204), call: aUser },
  'UserSessions.list': { statuses: administrators(200), call: aUser },
  'UserSessions.end': { statuses: administrators(204), call: aUser },
};

const own = await Promise.all(
  globSync('libs/features/*/testing/*.access.ts', { cwd: ROOT }).map(
    (file) => import(join(ROOT, file)) as Promise<{ expectations: Readonly<Record<string, Expectation>> }>,
  ),
);
const EXPECTED = Object.assign({}, COMMON, ...own.map(({ expectations }) => expectations)) as typeof COMMON;

type Operation = Readonly<{ id: string; method: string; path: string }>;

const document = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { operationId: string }>>;
};
const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({ id: operationId, method: method.toUpperCase(), path })),
);

let world: World;
beforeAll(async () => {
  const system = await startSystem();
  const [user, other, admin] = [
    await signUpWithId(system),
    await signUpWithId(system),
    await signUpOnlyAdministrator(system),
  ];
  const apiKey = hasFeature('api-keys') ? (await anApiKey(system, admin.token, KEY_PERMISSIONS)).key : '';
  world = { system, user, other, admin, apiKey };
});
afterAll(() => world.system.stop());

async function signInAgain({ client }: System, { email, password }: Account) {
  return (await client.post('/v1/auth/login', { email, password }, fromElsewhere())).body.data as {
    accessToken: string;
    sessionId: string;
  };
}

/** Of an administrator, five minutes ago. */
async function aFormerSignIn({ system, admin }: World): Promise<string> {
  const { accessToken, sessionId } = await signInAgain(system, admin);
  await inDatabase(system, `UPDATE sessions SET created_at = created_at - interval '5 minutes' WHERE id = $1`, [
    sessionId,
  ]);
  return accessToken;
}

/** Signing out would end the walk; everything else leaves the session as it is. */
async function tokensFor({ id }: Operation): Promise<Record<keyof Callers, string | undefined>> {
  const { system, user, other, admin, apiKey } = world;
  const tokenOf = async (account: Account) =>
    id === 'Sessions.logout' ? (await signInAgain(system, account)).accessToken : account.token;
  return {
    anonymous: undefined,
    user: await tokenOf(user),
    other: await tokenOf(other),
    admin: await tokenOf(admin),
    apiKey,
  };
}

async function answerFor(
  { method, path }: Operation,
  { call }: Expectation,
  token: string | undefined,
): Promise<Answer> {
  const { params = {}, body, headers } = (await call?.(world)) ?? {};
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
  return world.system.client.send(method, url, {
    body,
    headers: { ...fromElsewhere().headers, ...headers },
    ...(token && { token }),
  });
}

describe('every operation', () => {
  it('has an expectation, and every expectation an operation', () => {
    expect(operations.length).toBeGreaterThan(10);
    expect(Object.keys(EXPECTED).sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it.each(operations.filter(({ id }) => id in EXPECTED))(
    '$id lets in whom it should: $method $path',
    async (operation) => {
      const expectation = EXPECTED[operation.id]!;
      const tokens = await tokensFor(operation);

      const statuses: Record<string, number> = {};
      for (const [caller, token] of Object.entries(tokens).filter(([name]) => CALLERS.has(name)))
        statuses[caller] = (await answerFor(operation, expectation, token)).status;

      const expected = Object.entries(expectation.statuses).filter(([caller]) => CALLERS.has(caller));
      expect(Object.entries(statuses)).toEqual(expected);
    },
  );

  it.each(operations.filter(({ id }) => id in EXPECTED))(
    '$id asks for a recent sign-in if it says so: $method $path',
    async (operation) => {
      const { status, body } = await answerFor(operation, EXPECTED[operation.id]!, await aFormerSignIn(world));

      const isRefused = status === 403 && body.code === 'REAUTHENTICATION_REQUIRED';
      expect(isRefused).toBe(EXPECTED[operation.id]!.recentSignIn === true);
    },
  );
});
