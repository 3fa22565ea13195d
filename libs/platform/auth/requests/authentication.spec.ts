import { describe, expect, it } from 'vitest';
import type { Access, Roles } from '../../access/roles.js';
import { loadEnv } from '../../config/load-env.js';
import { ServiceUnavailable } from '../../kernel/errors/service-unavailable.js';
import { newId } from '../../kernel/values/ids.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { newApiKey } from '../api-keys/api-key-format.js';
import type { ApiKeys } from '../api-keys/api-keys.js';
import {
  AccessTokenExpired,
  AccessTokenInvalid,
  AuthenticationRequired,
  CsrfTokenInvalid,
  OriginNotAllowed,
  SessionEnded,
} from '../auth.errors.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { Authentication } from './authentication.js';
import { CsrfProtection } from './csrf-protection.js';
import { SessionAuthentication } from './session-authentication.js';

const ACCESS: Access = { roles: ['user'], permissions: new Set(['orders:read']) };

async function setup({ isStarted = true } = {}) {
  const config = loadEnv(aValidEnv());
  const clock = new StoppedClock();
  const accessTokens = new AccessTokens(new SigningKeys(config), clock, config);
  const endedSessions = new EndedSessions(clock, config);
  if (isStarted) await endedSessions.refresh(async () => []);

  const inMemory = new Map<string, Access>();
  const accessOf = async (userId: string) => {
    inMemory.set(userId, ACCESS);
    return ACCESS;
  };
  const roles = { cachedAccessOf: (userId: string) => inMemory.get(userId), accessOf } as Roles;

  const ofKey = { id: newId(), kind: 'api-key', sessionId: null, ...ACCESS } as const;
  const apiKeys = { cachedPrincipal: () => ofKey, authenticate: async () => ofKey } as unknown as ApiKeys;

  const [userId, sessionId] = [newId(), newId()];
  const { token } = await accessTokens.issue({ userId, sessionId, notAfter: new Date('2040-01-01') });
  const request = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
  const csrf = new CsrfProtection(config);
  const authentication = new Authentication(
    new SessionAuthentication(accessTokens, endedSessions, roles),
    apiKeys,
    csrf,
  );
  return { authentication, csrf, clock, endedSessions, userId, sessionId, token, request, ofKey };
}

describe('authenticate', () => {
  it('turns an access token into the user, the session and what the user may do', async () => {
    const { authentication, request, userId, sessionId } = await setup();

    expect(await authentication.authenticate(request)).toEqual({
      id: userId,
      kind: 'user',
      sessionId,
      ...ACCESS,
    });
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('takes the scheme as %p', async (scheme) => {
    const { authentication, token, userId } = await setup();

    expect(
      await authentication.authenticate({ method: 'GET', headers: { authorization: `${scheme} ${token}` } }),
    ).toMatchObject({ id: userId });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearertoken'])(
    'asks for a token when there is %p',
    async (authorization) => {
      const { authentication } = await setup();

      await expect(authentication.authenticate({ method: 'GET', headers: { authorization } })).rejects.toThrow(
        AuthenticationRequired,
      );
    },
  );

  it('refuses a token that is not ours', async () => {
    const { authentication } = await setup();

    await expect(
      authentication.authenticate({ method: 'GET', headers: { authorization: 'Bearer nonsense' } }),
    ).rejects.toThrow(AccessTokenInvalid);
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
    expect(authentication.cachedPrincipal(request)).toBeUndefined();
  });

  it('trusts no token before the ended sessions are known', async () => {
    const { authentication, request } = await setup({ isStarted: false });

    await expect(authentication.authenticate(request)).rejects.toThrow(ServiceUnavailable);
    expect(authentication.cachedPrincipal(request)).toBeUndefined();
  });
});

describe('an API key', () => {
  it('comes in the same header and is told apart by its beginning', async () => {
    const { authentication, ofKey } = await setup();
    const request = { method: 'GET', headers: { authorization: `Bearer ${newApiKey(newId())}` } };

    expect(authentication.cachedPrincipal(request)).toBe(ofKey);
    expect(await authentication.authenticate(request)).toBe(ofKey);
  });
});

describe('cachedPrincipal', () => {
  it('has the caller at once when token and roles are in memory', async () => {
    const { authentication, request, userId } = await setup();
    expect(authentication.cachedPrincipal(request)).toBeUndefined();

    const principal = await authentication.authenticate(request);

    expect(authentication.cachedPrincipal(request)).toEqual(principal);
    expect(principal.id).toBe(userId);
  });

  it('knows nobody without a token', async () => {
    const { authentication } = await setup();

    expect(authentication.cachedPrincipal({ method: 'GET', headers: {} })).toBeUndefined();
  });
});

describe('a cookie', () => {
  const ORIGIN = 'http://localhost:3000';
  const setupWithCookie = async () => {
    const context = await setup();
    const cookie = `theme=dark; __Host-session=${context.token}; other=1`;
    const csrfToken = context.csrf.tokenFor(context.sessionId);
    return { ...context, cookie, csrfToken, proven: { cookie, origin: ORIGIN, 'x-csrf-token': csrfToken } };
  };

  it.each(['GET', 'HEAD'])('says who is asking: %s', async (method) => {
    const { authentication, cookie, userId } = await setupWithCookie();

    expect(await authentication.authenticate({ method, headers: { cookie } })).toMatchObject({ id: userId });
    expect(authentication.cachedPrincipal({ method, headers: { cookie } })).toMatchObject({ id: userId });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])(
    'changes nothing without a proof that a page of ours asks: %s',
    async (method) => {
      const { authentication, cookie, proven, userId } = await setupWithCookie();

      await expect(authentication.authenticate({ method, headers: { cookie } })).rejects.toThrow(OriginNotAllowed);
      await expect(authentication.authenticate({ method, headers: { cookie, origin: ORIGIN } })).rejects.toThrow(
        CsrfTokenInvalid,
      );
      expect(authentication.cachedPrincipal({ method, headers: { cookie, origin: ORIGIN } })).toBeUndefined();
      expect(await authentication.authenticate({ method, headers: proven })).toMatchObject({ id: userId });
      expect(authentication.cachedPrincipal({ method, headers: proven })).toMatchObject({ id: userId });
    },
  );

  it('is of no account next to an Authorization header, whatever that is worth', async () => {
    const { authentication, proven, token } = await setupWithCookie();

    const withHeader = (authorization: string) =>
      authentication.authenticate({ method: 'POST', headers: { ...proven, authorization } });

    await expect(withHeader('Basic YTpi')).rejects.toThrow(AuthenticationRequired);
    await expect(withHeader('Bearer nonsense')).rejects.toThrow(AccessTokenInvalid);
    await expect(withHeader(`Bearer ${token}`)).resolves.toBeDefined();
  });

  it('carries access tokens only', async () => {
    const { authentication } = await setup();
    const headers = (value: string) => ({ method: 'GET', headers: { cookie: `__Host-session=${value}` } });

    await expect(authentication.authenticate(headers(newApiKey(newId())))).rejects.toThrow(AccessTokenInvalid);
    await expect(authentication.authenticate(headers(''))).rejects.toThrow(AuthenticationRequired);
  });

  it('stops with its session', async () => {
    const { authentication, endedSessions, proven, sessionId } = await setupWithCookie();
    await authentication.authenticate({ method: 'POST', headers: proven });

    endedSessions.add([sessionId]);

    expect(authentication.cachedPrincipal({ method: 'POST', headers: proven })).toBeUndefined();
    await expect(authentication.authenticate({ method: 'POST', headers: proven })).rejects.toThrow(SessionEnded);
  });
});
