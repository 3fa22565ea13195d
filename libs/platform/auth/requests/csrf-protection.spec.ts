import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { newId } from '../../kernel/values/ids.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { CsrfTokenInvalid, OriginNotAllowed } from '../auth.errors.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { CsrfProtection, type WebRequest } from './csrf-protection.js';

const API = 'https://api.example.test';
const WEB = 'https://www.example.test';
const OTHER = 'https://intranet.example.test:8443';

const env = (overrides: Record<string, string> = {}) =>
  loadEnv(
    aValidEnv({ PUBLIC_URL: `${API}/v`, WEB_URL: `${WEB}/app/`, CORS_ORIGINS: `${OTHER}, ${WEB}`, ...overrides }),
  );

function setup() {
  const [csrf, sessionId] = [new CsrfProtection(env()), newId()];
  const headers = { origin: WEB, 'x-csrf-token': csrf.tokenFor(sessionId) };
  const refusalOf = (changed: WebRequest['headers'], method = 'POST') =>
    csrf.refusalOf({ method, headers: { ...headers, ...changed } }, sessionId);
  return { csrf, sessionId, headers, refusalOf };
}

describe('a request that a cookie authenticates', () => {
  it.each([API, WEB, OTHER])('may change something when a page of %s sends the token of its session', (origin) => {
    const { refusalOf } = setup();

    expect(refusalOf({ origin })).toBeNull();
    expect(refusalOf({ origin, 'sec-fetch-site': 'same-site' })).toBeNull();
  });

  it.each([
    ['no origin', undefined],
    ['no origin that it would name', 'null'],
    ['nothing for an origin', ''],
    ['another site', 'https://evil.example'],
    ['a site whose name begins like ours', `${WEB}.evil.example`],
    ['a site whose name ends like ours', 'https://evilwww.example.test'],
    ['our site without TLS', WEB.replace('https', 'http')],
    ['our site at another port', `${WEB}:8443`],
    ['an address instead of an origin', `${WEB}/`],
    ['two origins', `${WEB} https://evil.example`],
  ])('may not when it comes from %s', (_, origin) => {
    expect(setup().refusalOf({ origin })).toBe(OriginNotAllowed);
  });

  it('may not when the browser says that another site is behind it', () => {
    expect(setup().refusalOf({ 'sec-fetch-site': 'cross-site' })).toBe(OriginNotAllowed);
  });

  it.each<[string, (context: ReturnType<typeof setup>) => string | string[] | undefined]>([
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['nonsense', () => 'nonsense'],
    ["another session's", ({ csrf }) => csrf.tokenFor(newId())],
    ["the session's id", ({ sessionId }) => sessionId],
    ["the session's refresh token", ({ sessionId }) => new RefreshTokens(env()).issue(sessionId, 0)],
    [
      'one made with another secret',
      ({ sessionId }) =>
        new CsrfProtection(env({ APP_SECRET: 'another-secret-another-secret-another' })).tokenFor(sessionId),
    ],
    ['two of them', ({ headers }) => [headers['x-csrf-token'], headers['x-csrf-token']]],
    ['one with something behind it', ({ headers }) => `${headers['x-csrf-token']}=`],
  ])('may not when it brings %s', (_, tokenOf) => {
    const context = setup();

    expect(context.refusalOf({ 'x-csrf-token': tokenOf(context) })).toBe(CsrfTokenInvalid);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('may read without any proof: %s', (method) => {
    expect(setup().refusalOf({ origin: undefined, 'x-csrf-token': undefined }, method)).toBeNull();
  });
});

describe('the token', () => {
  it('is the same for the whole session, in every process', () => {
    const { csrf, sessionId } = setup();

    expect(new CsrfProtection(env()).tokenFor(sessionId)).toBe(csrf.tokenFor(sessionId));
  });
});

describe('a sign-in', () => {
  const signIn = (headers: WebRequest['headers']) => () => setup().csrf.requireNotForeign({ method: 'POST', headers });

  it('may come from a page of ours, and from what is no browser', () => {
    expect(signIn({ origin: WEB, 'sec-fetch-site': 'same-site' })).not.toThrow();
    expect(signIn({})).not.toThrow();
  });

  it('may not come from another site', () => {
    expect(signIn({ origin: 'https://evil.example' })).toThrow(OriginNotAllowed);
    expect(signIn({ 'sec-fetch-site': 'cross-site' })).toThrow(OriginNotAllowed);
  });
});
