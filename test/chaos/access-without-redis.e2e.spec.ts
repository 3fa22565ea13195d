import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableServers, cuttableRedis } from '#platform/testing/servers/cuttable-servers.js';
import {
  type Account,
  anApiKey,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { hasFeature } from '#platform/testing/system/features.js';
import { launch, type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';

/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;

let system: System;
let secondApi: Program;
let lateApi: Program;
let redis: CuttableServers;
let admin: Account;
let people: Account[];
beforeAll(async () => {
  redis = await cuttableRedis();
  // One issuer: what one process signs, the other accepts.
  system = await startSystem({ AUTH_ISSUER: 'https://api.example.test', ...redis.env });
  secondApi = await start('api', system.env);
  admin = await signUpOnlyAdministrator(system);
  people = await Promise.all(Array.from({ length: 5 }, () => signUpWithId(system)));
  redis.cut();
});
afterAll(async () => {
  await Promise.all([secondApi?.stop(), lateApi?.stop()]);
  await system.stop();
  await redis.close();
});

const here = () => system.client;
const there = () => new ApiClient(secondApi.url);
const asAdmin = (method: string, path: string, body?: object) =>
  here().send(method, path, { token: admin.token, body });

/** How long after the answer the other process still goes by what it knew, in milliseconds. */
async function delayUntil(expected: number, ask: () => Promise<{ status: number }>): Promise<number> {
  const answeredAt = performance.now();
  await eventually(async () => expect((await ask()).status).toBe(expected));
  return performance.now() - answeredAt;
}

type Answer = Promise<{ status: number }>;
/** What is done, and what is answered to whom from then on. */
type Change = [() => Answer, number, () => Answer];

async function revocation(users: (token: string) => Answer): Promise<Change> {
  const { id, key } = await anApiKey(system, admin.token, ['users:read']);
  return [() => asAdmin('DELETE', `/v1/api-keys/${id}`), 401, () => users(key)];
}

describe('while Redis is away', () => {
  it('whatever is taken from somebody is refused in the other process within a second', async () => {
    const [helper, disabled, signedOut, leaving] = people as [Account, Account, Account, Account];
    const setRoles = (roles: string[]) => asAdmin('PUT', `/v1/users/${helper.id}/roles`, { roles });
    const me = ({ token }: Account) => there().get('/v1/me', { token });
    const users = (token: string) => there().get('/v1/users', { token });

    const changes: Change[] = [
      [() => setRoles(['user', 'admin']), 200, () => users(helper.token)],
      [() => setRoles(['user']), 403, () => users(helper.token)],
      ...(hasFeature('api-keys') ? [await revocation(users)] : []),
      [() => asAdmin('PATCH', `/v1/users/${disabled.id}`, { status: 'disabled' }), 401, () => me(disabled)],
      [() => asAdmin('DELETE', `/v1/users/${signedOut.id}/sessions`), 401, () => me(signedOut)],
      [() => here().post('/v1/auth/logout', undefined, { token: leaving.token }), 401, () => me(leaving)],
    ];
    const delays: number[] = [];
    for (const [change, expected, ask] of changes) {
      expect((await ask()).status).not.toBe(expected);
      expect((await change()).status).toBeLessThan(300);
      delays.push(await delayUntil(expected, ask));
    }

    expect(Math.max(...delays)).toBeLessThan(patience(LESS_THAN_A_SECOND_MS));
  });

  it('a session that has ended is refused by a process that starts later, from its first answer on', async () => {
    const { token } = people.at(-1)!;
    expect((await here().post('/v1/auth/logout', undefined, { token })).status).toBe(204);

    lateApi = await launch('api', system.env);
    const api = new ApiClient(lateApi.url);
    const { status, body } = await eventually(() => api.get('/v1/me', { token }));

    expect([status, body.code]).toEqual([401, 'SESSION_ENDED']);
  });
});
