import { describe, expect, it } from '@jest/globals';
import type { Roles } from '../access/roles.js';
import { loadEnv } from '../config/load-env.js';
import { ServiceUnavailable } from '../http/http.errors.js';
import { newId } from '../kernel/ids.js';
import { aValidEnv } from '../testing/env.factory.js';
import { StoppedClock } from '../testing/stopped-clock.js';
import { AccessTokens } from './access-tokens.js';
import { AccessTokenExpired, AccessTokenInvalid, AuthenticationRequired, SessionEnded } from './auth.errors.js';
import { Authentication } from './authentication.js';
import { EndedSessions } from './ended-sessions.js';
import { SigningKeys } from './signing-keys.js';

const PERMISSIONS: ReadonlySet<string> = new Set(['orders:read']);

async function setup({ isStarted = true } = {}) {
  const config = loadEnv(aValidEnv());
  const clock = new StoppedClock();
  const accessTokens = new AccessTokens(new SigningKeys(config), clock, config);
  const endedSessions = new EndedSessions(clock, config);
  if (isStarted) await endedSessions.refresh(async () => []);

  const inMemory = new Map<string, ReadonlySet<string>>();
  const permissionsOf = async (userId: string) => {
    inMemory.set(userId, PERMISSIONS);
    return PERMISSIONS;
  };
  const roles = { knownPermissionsOf: (userId: string) => inMemory.get(userId), permissionsOf } as Roles;

  const [userId, sessionId] = [newId(), newId()];
  const { token } = await accessTokens.issue({ userId, sessionId, notAfter: new Date('2040-01-01') });
  const request = { headers: { authorization: `Bearer ${token}` } };
  return { authentication: new Authentication(accessTokens, endedSessions, roles), clock, endedSessions, userId, sessionId, token, request };
}

describe('authenticate', () => {
  it('turns an access token into the user, the session and what the user may do', async () => {
    const { authentication, request, userId, sessionId } = await setup();

    expect(await authentication.authenticate(request)).toEqual({ id: userId, kind: 'user', sessionId, permissions: PERMISSIONS });
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('takes the scheme as %p', async (scheme) => {
    const { authentication, token, userId } = await setup();

    expect(await authentication.authenticate({ headers: { authorization: `${scheme} ${token}` } })).toMatchObject({ id: userId });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearertoken'])('asks for a token when there is %p', async (authorization) => {
    const { authentication } = await setup();

    await expect(authentication.authenticate({ headers: { authorization } })).rejects.toThrow(AuthenticationRequired);
  });

  it('refuses a token that is not ours', async () => {
    const { authentication } = await setup();

    await expect(authentication.authenticate({ headers: { authorization: 'Bearer nonsense' } })).rejects.toThrow(AccessTokenInvalid);
  });

  it('refuses an expired token', async () => {
    const { authentication, clock, request } = await setup();
    clock.pass(600);

    await expect(authentication.authenticate(request)).rejects.toThrow(AccessTokenExpired);
  });

  it('refuses the token of an ended session, also one that was accepted before', async () => {
    const { authentication, endedSessions, sessionId, request } = await setup();
    await authentication.authenticate(request);

    endedSessions.add([sessionId]);

    await expect(authentication.authenticate(request)).rejects.toThrow(SessionEnded);
    expect(authentication.known(request)).toBeUndefined();
  });

  it('trusts no token before the ended sessions are known', async () => {
    const { authentication, request } = await setup({ isStarted: false });

    await expect(authentication.authenticate(request)).rejects.toThrow(ServiceUnavailable);
    expect(authentication.known(request)).toBeUndefined();
  });
});

describe('known', () => {
  it('has the caller at once when token and roles are in memory', async () => {
    const { authentication, request, userId } = await setup();
    expect(authentication.known(request)).toBeUndefined();

    const principal = await authentication.authenticate(request);

    expect(authentication.known(request)).toEqual(principal);
    expect(principal.id).toBe(userId);
  });

  it('knows nobody without a token', async () => {
    const { authentication } = await setup();

    expect(authentication.known({ headers: {} })).toBeUndefined();
  });
});
