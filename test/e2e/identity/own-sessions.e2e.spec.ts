import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

type Refusable = Readonly<{ response: Response; error?: { code: string } }>;

const list = (token?: string) => system.client.as(token).GET('/v1/me/sessions');
const end = (id: string, token?: string) =>
  system.client.as(token).DELETE('/v1/me/sessions/{id}', { params: { path: { id } } });
const endOthers = (token?: string) => system.client.as(token).DELETE('/v1/me/sessions');
const codeOf = ({ response, error }: Refusable) => [response.status, error?.code];
const idsOf = async (token: string) => (await orThrow(list(token))).data.map(({ id }) => id);

async function signInAgain({ email, password }: Person, userAgent = 'Tablet') {
  const headers = { ...fromElsewhere().headers, 'user-agent': userAgent };
  const signedIn = system.client.as().POST('/v1/auth/login', { body: { email, password }, headers });
  return (await orThrow(signedIn)).data;
}

const whenRefused = (token: string) =>
  eventually(async () => expect(codeOf(await list(token))).toEqual([401, 'SESSION_ENDED']));

describe('the sessions of a person', () => {
  it('are listed, the newest first, and show where they began and nothing secret', async () => {
    const person = await signUp(system);
    const tablet = await signInAgain(person);

    const { data } = await orThrow(list(person.token));

    expect(data).toMatchObject([{ id: tablet.sessionId, isCurrent: false, userAgent: 'Tablet' }, { isCurrent: true }]);
    expect(Object.keys(data[0] ?? {}).sort()).toEqual([
      'createdAt',
      'expiresAt',
      'id',
      'ipAddress',
      'isCurrent',
      'rotatedAt',
      'userAgent',
    ]);
  });

  it('end one by one: token, refresh token and place in the list', async () => {
    const person = await signUp(system);
    const tablet = await signInAgain(person);
    expect((await list(tablet.accessToken)).response.status).toBe(200);

    expect((await end(tablet.sessionId, person.token)).response.status).toBe(204);

    await whenRefused(tablet.accessToken);
    const { refreshToken } = tablet;
    const refreshed = await system.client.as().POST('/v1/auth/refresh', { body: { refreshToken }, ...fromElsewhere() });
    expect(codeOf(refreshed)).toEqual([401, 'REFRESH_TOKEN_INVALID']);
    expect(await idsOf(person.token)).not.toContain(tablet.sessionId);
    expect(codeOf(await end(tablet.sessionId, person.token))).toEqual([404, 'SESSION_NOT_FOUND']);
  });

  it('end all at once but for the one that asks', async () => {
    const person = await signUp(system);
    const others = [await signInAgain(person), await signInAgain(person)];

    expect((await endOthers(person.token)).response.status).toBe(204);

    for (const { accessToken } of others) await whenRefused(accessToken);
    expect(await idsOf(person.token)).toHaveLength(1);
  });

  it('can end themselves', async () => {
    const person = await signUp(system);
    const tablet = await signInAgain(person);

    expect((await end(tablet.sessionId, tablet.accessToken)).response.status).toBe(204);

    await whenRefused(tablet.accessToken);
  });

  it("are nobody else's affair", async () => {
    const [person, stranger] = [await signUp(system), await signUp(system)];
    const [sessionId] = await idsOf(person.token);

    const foreign = await end(String(sessionId), stranger.token);
    const none = await end('0190a1b2-0000-7000-8000-000000000009', stranger.token);
    await endOthers(stranger.token);

    expect(codeOf(foreign)).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(foreign.error?.detail).toBe(none.error?.detail);
    expect(await idsOf(stranger.token)).not.toContain(sessionId);
    expect((await list(person.token)).response.status).toBe(200);
  });

  it('answer what is no id, and no or broken credentials, with their own codes', async () => {
    const { token } = await signUp(system);

    for (const id of ['nonsense', '1', '0190a1b2-0000-7000-8000-00000000000', '\0']) {
      expect(codeOf(await end(id, token))).toEqual([422, 'VALIDATION_FAILED']);
    }
    for (const ask of [list, endOthers, (given?: string) => end('0190a1b2-0000-7000-8000-000000000009', given)]) {
      expect(codeOf(await ask())).toEqual([401, 'AUTHENTICATION_REQUIRED']);
      expect(codeOf(await ask(`${token}x`))).toEqual([401, 'ACCESS_TOKEN_INVALID']);
    }
  });
});
