import { createHmac } from 'node:crypto';
import { base64url, exportSPKI, importJWK, type JWTPayload } from 'jose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { IdTokenInvalid, OidcSignInFailed } from '../../domain/identity.errors.js';
import { forgedAcme, NONCE } from '../../testing/forged-acme.js';
import { aKeyPair, ForgingProvider } from '../../testing/forging-provider.js';

const { CLIENT_ID, CLIENT_SECRET } = ForgingProvider;

const { forger, forget, redeem, verify } = await forgedAcme();
beforeEach(forget);
afterAll(() => forger.stop());

/** The whole table of forgeries; add a line when you hear of another. Each must be refused on both ways in. */
const FORGERIES: readonly (readonly [string, () => Promise<string>])[] = [
  ['alg none', async () => unsigned({ alg: 'none' })],
  ['alg None', async () => unsigned({ alg: 'None' })],
  ['HS256 with the client secret', async () => hmacSigned(CLIENT_SECRET)],
  [
    'HS256 with the public key as PEM',
    async () =>
      hmacSigned(
        await exportSPKI((await importJWK(forger.key.publicJwk, 'RS256', { extractable: true })) as CryptoKey),
      ),
  ],
  ['HS256 with the public key as JSON', async () => hmacSigned(JSON.stringify(forger.key.publicJwk))],
  [
    "another key under the provider's key id",
    async () => forger.sign({ nonce: NONCE }, await aKeyPair(forger.key.kid)),
  ],
  ['an unknown key', async () => forger.sign({ nonce: NONCE }, await aKeyPair('unknown'))],
  [
    'a key it brings along',
    async () => {
      const key = await aKeyPair('mine');
      return forger.sign({ nonce: NONCE }, key, { jwk: key.publicJwk });
    },
  ],
  [
    'an address for its key',
    async () => forger.sign({ nonce: NONCE }, await aKeyPair('mine'), { jku: 'https://evil.example.test/jwks' }),
  ],
  ['a changed payload', async () => tampered(await forger.sign({ nonce: NONCE }))],
  ['no signature', async () => (await forger.sign({ nonce: NONCE })).replace(/[^.]*$/, '')],
  ['another issuer', () => forger.sign({ nonce: NONCE, iss: 'https://evil.example.test' })],
  ['the issuer with a slash too many', () => forger.sign({ nonce: NONCE, iss: `${forger.issuer}/` })],
  ['another audience', () => forger.sign({ nonce: NONCE, aud: 'somebody else' })],
  ['several audiences and no azp', () => forger.sign({ nonce: NONCE, aud: [CLIENT_ID, 'somebody else'] })],
  ['an azp that is not us', () => forger.sign({ nonce: NONCE, azp: 'somebody else' })],
  ['no audience', () => forger.sign({ nonce: NONCE, aud: undefined })],
  ['an end in the past', () => forger.sign({ nonce: NONCE, exp: secondsFromNow(-60) })],
  ['no end', () => forger.sign({ nonce: NONCE, exp: undefined })],
  ['a beginning in the future', () => forger.sign({ nonce: NONCE, nbf: secondsFromNow(600) })],
  ['no time of issue', () => forger.sign({ nonce: NONCE, iat: undefined })],
  ['another nonce', () => forger.sign({ nonce: 'another' })],
  ['no nonce', () => forger.sign({})],
  ['no subject', () => forger.sign({ nonce: NONCE, sub: undefined })],
  ['an empty subject', () => forger.sign({ nonce: NONCE, sub: '' })],
  ['a NUL in its subject', () => forger.sign({ nonce: NONCE, sub: 'a\0b' })],
  ['half a surrogate pair in its subject', () => forger.sign({ nonce: NONCE, sub: 'a\ud800' })],
  ['nothing in it', async () => ''],
  ['nonsense in it', async () => 'a.b.c'],
];

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const encoded = (value: object): string => base64url.encode(JSON.stringify(value));
const payload = (): JWTPayload => forger.claims({ nonce: NONCE });
const unsigned = (header: object): string => `${encoded(header)}.${encoded(payload())}.`;

function hmacSigned(secret: string): string {
  const input = `${encoded({ alg: 'HS256', kid: forger.key.kid })}.${encoded(payload())}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, encoded({ ...payload(), sub: 'the administrator' }), signature].join('.');
}

describe('a forged id_token', () => {
  it.each(FORGERIES)('with %s signs nobody in', async (_what, forge) => {
    const idToken = await forge();

    await expect(verify(idToken)).rejects.toThrow(IdTokenInvalid);
    await expect(redeem(idToken)).rejects.toThrow(OidcSignInFailed);
  });

  it('that lasts for ever is remembered for an hour', async () => {
    const { expiresAt } = await verify(await forger.sign({ nonce: NONCE, exp: 99_999_999_999_999 }));

    expect(expiresAt.getTime()).toBeLessThan(Date.now() + 3_700_000);
  });

  it('that an app kept for longer than an hour signs nobody in', async () => {
    await expect(verify(await forger.sign({ nonce: NONCE, iat: secondsFromNow(-3_700) }))).rejects.toThrow(
      IdTokenInvalid,
    );
  });
});
