import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { newId } from '../../kernel/values/ids.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { AccessTokenExpired, AccessTokenInvalid } from '../auth.errors.js';
import { AccessTokens } from './access-tokens.js';
import { OpaqueTokens } from './opaque-tokens.js';
import { SigningKeys } from './signing-keys.js';

const ISSUER = 'https://api.example.test';
const LIFETIME = 600;
const FAR_AWAY = new Date('2040-01-01');

const ed25519 = generateKeyPairSync('ed25519').privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const somebodyElses = generateKeyPairSync('ed25519').privateKey;

const jwk = (key: KeyObject, alg: string, kid: string) => ({ ...key.export({ format: 'jwk' }), alg, kid });
const OURS = [jwk(ed25519, 'EdDSA', 'ed'), jwk(rsa, 'RS256', 'rsa'), jwk(p256, 'ES256', 'ec')];

function setup(keys: object[] = OURS, overrides: Record<string, string> = {}) {
  const config = loadEnv(aValidEnv({ AUTH_SIGNING_KEYS: JSON.stringify({ keys }), PUBLIC_URL: ISSUER, ...overrides }));
  const clock = new StoppedClock();
  const signingKeys = new SigningKeys(config);
  return { clock, signingKeys, accessTokens: new AccessTokens(signingKeys, clock, config) };
}

const aGrant = () => ({ userId: newId(), sessionId: newId(), notAfter: FAR_AWAY });

describe('a token that was issued', () => {
  it.each(OURS)('signed with $alg is verified by an independent reader of the published keys', async (key) => {
    const { accessTokens, signingKeys, clock } = setup([key]);
    const { userId, sessionId, notAfter } = aGrant();

    const { token, expiresIn } = await accessTokens.issue({ userId, sessionId, notAfter });
    const published = createLocalJWKSet(signingKeys.publicKeySet as JSONWebKeySet);
    const { payload } = await jwtVerify(token, published, {
      issuer: ISSUER,
      audience: 'api',
      typ: 'at+jwt',
      currentDate: clock.now(),
    });

    expect(expiresIn).toBe(LIFETIME);
    expect(payload).toMatchObject({
      sub: userId,
      sid: sessionId,
      client_id: expect.any(String),
      jti: expect.any(String),
    });
    expect(payload.exp! - payload.iat!).toBe(LIFETIME);
  });

  it('says which key signed it and what kind of token it is', async () => {
    const { accessTokens } = setup();

    const { token } = await accessTokens.issue(aGrant());

    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'ed', typ: 'at+jwt' });
  });

  it('is verified to the user and the session it stands for', async () => {
    const { accessTokens, clock } = setup();
    const { userId, sessionId, notAfter } = aGrant();
    const { token } = await accessTokens.issue({ userId, sessionId, notAfter });

    const expiresAt = new Date(clock.now().getTime() + LIFETIME * 1000);
    expect(await accessTokens.verify(token)).toEqual({ userId, sessionId, expiresAt });
  });

  it('does not outlive its session', async () => {
    const { accessTokens, clock } = setup();
    const notAfter = new Date(clock.now().getTime() + 5_000);

    const { token, expiresIn } = await accessTokens.issue({ ...aGrant(), notAfter });

    expect(expiresIn).toBe(5);
    expect(decodeJwt(token).exp).toBe(notAfter.getTime() / 1000);
  });

  it('stays valid when another key has begun to sign', async () => {
    const { token } = await setup([OURS[0]!, OURS[2]!]).accessTokens.issue(aGrant());
    const { accessTokens } = setup([OURS[2]!, OURS[0]!]);

    await expect(accessTokens.verify(token)).resolves.toBeDefined();
    expect(decodeProtectedHeader((await accessTokens.issue(aGrant())).token).kid).toBe('ec');
  });
});

describe('a token that is not ours', () => {
  const { accessTokens, clock } = setup();
  const now = Math.floor(clock.now().getTime() / 1000);
  const claims = {
    iss: ISSUER,
    sub: newId(),
    aud: 'api',
    exp: now + LIFETIME,
    iat: now,
    jti: newId(),
    client_id: 'first-party',
    sid: newId(),
  };
  const header = { alg: 'EdDSA', kid: 'ed', typ: 'at+jwt' };

  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = (changed: object = {}, changedHeader: object = {}, key: KeyObject = ed25519) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ ...header, ...changedHeader }).sign(key);
  const unsigned = (changedHeader: object, signature = '') =>
    `${encode({ ...header, ...changedHeader })}.${encode(claims)}.${signature}`;

  /** HMAC keyed with what everybody can download: works on verifiers that let the token choose the algorithm. */
  const hs256 = (secret: string | Buffer, kid = 'rsa') => {
    const text = `${encode({ alg: 'HS256', kid, typ: 'at+jwt' })}.${encode(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const pem = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'pem' });
  const publicJwk = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' });
  const somebodyElsesJwk = { ...publicJwk(somebodyElses), kid: 'theirs', alg: 'EdDSA' };

  const tampered = async (part: 0 | 1 | 2, change: (text: string) => string) => {
    const parts = (await signed()).split('.');
    return parts.map((text, index) => (index === part ? change(text) : text)).join('.');
  };
  /** Four bits of the last character say nothing: the bytes stay the same. */
  const respelled = (signature: string) =>
    signature.slice(0, -1) + { A: 'B', Q: 'R', g: 'h', w: 'x' }[signature.slice(-1) as 'A'];

  it('would be accepted if nothing were wrong with it', async () => {
    await expect(accessTokens.verify(await signed())).resolves.toMatchObject({ userId: claims.sub });
  });

  /** One line for each way to get in. */
  it.each<[string, () => string | Promise<string>]>([
    ['no signature (alg none)', () => unsigned({ alg: 'none' })],
    ['no signature (alg None)', () => unsigned({ alg: 'None' })],
    ['no signature, and nothing said about it', () => unsigned({})],
    ['HS256 with the public RSA key as PEM', () => hs256(pem(rsa))],
    ['HS256 with the public Ed25519 key as PEM', () => hs256(pem(ed25519), 'ed')],
    ['HS256 with the public Ed25519 key as JWK', () => hs256(JSON.stringify(publicJwk(ed25519)), 'ed')],
    [
      'HS256 with the bytes of the public Ed25519 key',
      () => hs256(Buffer.from(publicJwk(ed25519).x as string, 'base64url'), 'ed'),
    ],
    ['HS256 with an empty secret', () => hs256('')],
    ["somebody else's key under our kid", () => signed({}, {}, somebodyElses)],
    ["somebody else's key under a kid of theirs", () => signed({}, { kid: 'theirs' }, somebodyElses)],
    ['a kid that is a path', () => signed({}, { kid: '../../dev/null' })],
    ['no kid', () => signed({}, { kid: undefined })],
    ["another of our keys' kid", () => signed({}, { kid: 'rsa' })],
    ['another algorithm of the same key', () => signed({}, { alg: 'PS256', kid: 'rsa' }, rsa)],
    ['a key in the header (jwk)', () => signed({}, { jwk: somebodyElsesJwk }, somebodyElses)],
    ['our own key in the header (jwk)', () => signed({}, { jwk: publicJwk(ed25519) })],
    ['an address of keys (jku)', () => signed({}, { jku: 'https://evil.example.test/jwks.json' })],
    ['an address of certificates (x5u)', () => signed({}, { x5u: 'https://evil.example.test/certificate.pem' })],
    ['certificates (x5c)', () => signed({}, { x5c: ['MIIB'] })],
    ['an extension that must be understood (crit)', () => unsigned({ crit: ['exp'] }, 'AAAA')],
    ['another audience', () => signed({ aud: 'other' })],
    ['no audience', () => signed({ aud: undefined })],
    ['another issuer', () => signed({ iss: 'https://evil.example.test' })],
    ['our issuer with a slash', () => signed({ iss: `${ISSUER}/` })],
    ['no issuer', () => signed({ iss: undefined })],
    ['an ID token', () => signed({ nonce: 'n', aud: 'first-party' }, { typ: 'JWT' })],
    ['the type of an ID token', () => signed({}, { typ: 'JWT' })],
    ['no type', () => signed({}, { typ: undefined })],
    [
      'a refresh token',
      () =>
        new OpaqueTokens('only-for-tests-only-for-tests-only-for-tests', {
          purpose: 'refresh-tokens',
          letters: 'rt',
        }).issue(newId()),
    ],
    ['no subject', () => signed({ sub: undefined })],
    ['no session', () => signed({ sid: undefined })],
    ['a session that is no text', () => signed({ sid: 1 })],
    ['no id of its own', () => signed({ jti: undefined })],
    ['no client', () => signed({ client_id: undefined })],
    ['no end', () => signed({ exp: undefined })],
    ['no beginning', () => signed({ iat: undefined })],
    ['a beginning that is no time', () => signed({ iat: 'now' as unknown as number })],
    ['a beginning in the future', () => signed({ iat: now + 61, exp: now + LIFETIME })],
    ['a user that is no id', () => signed({ sub: 'abc' })],
    ['a session that is no id', () => signed({ sid: 'abc' })],
    ['an end that is no number', () => signed({ exp: 'never' as unknown as number })],
    ['a life longer than ours', () => signed({ exp: now + LIFETIME + 1 })],
    ['a time before which it is not valid', () => signed({ nbf: now + 60 })],
    [
      'a changed claim',
      () => tampered(1, (text) => encode({ ...JSON.parse(Buffer.from(text, 'base64url').toString()), sub: newId() })),
    ],
    ['a changed header', () => tampered(0, () => encode({ ...header, kid: 'rsa' }))],
    ['a changed signature', () => tampered(2, (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1))],
    ['another spelling of its signature', () => tampered(2, respelled)],
    ['padding', () => tampered(2, (text) => `${text}=`)],
    ['half of it missing', async () => (await signed()).slice(0, 100)],
    ['five parts', async () => `${await signed()}.a.b`],
    ['nothing in it', () => '..'],
    ['no text at all', () => ''],
  ])('is refused: %s', async (_, forge) => {
    const token = await forge();

    await expect(accessTokens.verify(token)).rejects.toThrow(AccessTokenInvalid);
    expect(accessTokens.cached(token)).toBeUndefined();
  });

  it('is refused with a code of its own when it was ours and has expired', async () => {
    await expect(accessTokens.verify(await signed({ iat: now - LIFETIME, exp: now }))).rejects.toThrow(
      AccessTokenExpired,
    );
  });

  it('tells nothing of the reason to the client that sent it', async () => {
    const error = await accessTokens.verify(await signed({ aud: 'other' })).catch((reason: Error) => reason);

    expect((error as Error).message).not.toMatch(/aud/);
  });
});

describe('a token that was verified before', () => {
  it('is known without another look at its signature', async () => {
    const { accessTokens } = setup();
    const { token } = await accessTokens.issue(aGrant());

    expect(accessTokens.cached(token)).toBeUndefined();
    const verified = await accessTokens.verify(token);

    expect(accessTokens.cached(token)).toBe(verified);
  });

  it('is not known any more at the instant it expires', async () => {
    const { accessTokens, clock } = setup();
    const { token } = await accessTokens.issue(aGrant());
    await accessTokens.verify(token);

    clock.pass(LIFETIME - 1);
    expect(accessTokens.cached(token)).toBeDefined();
    clock.pass(1);
    expect(accessTokens.cached(token)).toBeUndefined();
    await expect(accessTokens.verify(token)).rejects.toThrow(AccessTokenExpired);
  });

  it('vouches for no other token', async () => {
    const { accessTokens } = setup();
    const { token } = await accessTokens.issue(aGrant());
    await accessTokens.verify(token);

    const sameSignature = `x${token.slice(1)}`;
    expect(accessTokens.cached(sameSignature)).toBeUndefined();
    await expect(accessTokens.verify(sameSignature)).rejects.toThrow(AccessTokenInvalid);
  });
});
