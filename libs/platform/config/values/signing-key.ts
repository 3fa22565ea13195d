import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

const jsonWebKey = z.looseObject({
  kid: z.string().min(1),
  alg: z.enum(['EdDSA', 'ES256', 'RS256']),
  kty: z.string(),
  d: z.string().optional(),
});

export type Jwk = z.infer<typeof jsonWebKey>;

/** What anybody may know of a key, by key type (RFC 7518, section 6; RFC 8037, section 2). Everything else stays here. */
const PUBLIC_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'x'],
  EC: ['crv', 'x', 'y'],
  RSA: ['n', 'e'],
};

/** RFC 7517, section 4. */
export type PublicJwk = JsonWebKey & Readonly<{ kid: string; alg: string; use: 'sig' }>;

export function publicPartOf(jwk: Jwk): PublicJwk {
  const { kty, kid, alg } = jwk;
  const members = (PUBLIC_MEMBERS[kty] ?? []).map((name) => [name, jwk[name]]);
  return { kty, ...Object.fromEntries(members), kid, alg, use: 'sig' };
}

export const publicKeyOf = (jwk: Jwk): KeyObject => createPublicKey({ key: publicPartOf(jwk), format: 'jwk' });
export const privateKeyOf = (jwk: Jwk): KeyObject => createPrivateKey({ key: jwk, format: 'jwk' });

const signingKey = jsonWebKey.superRefine((jwk, context) => {
  const key = attempt(() => publicKeyOf(jwk));
  if (key === null) return context.addIssue('cannot be read');
  if (!fits(key, jwk.alg)) return context.addIssue(`is not a key for ${jwk.alg}`);
  if (jwk.d !== undefined && !isPairOf(jwk, key))
    context.addIssue('has a private part that cannot be read or is that of another key');
});

const haveOwnKids = (keys: readonly Jwk[]): boolean => new Set(keys.map(({ kid }) => kid)).size === keys.length;

/** The first signs, all of them verify. Whether they can do so is found out here, with everything else that is wrong. */
export const signingKeys = z
  .array(signingKey)
  .min(1, 'needs at least one key')
  .refine(([first]) => first?.d !== undefined, 'the first key signs and must be a private key')
  .refine(haveOwnKids, 'two keys have the same kid');

function fits({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject, alg: Jwk['alg']): boolean {
  if (alg === 'EdDSA') return type === 'ed25519';
  if (alg === 'ES256') return type === 'ec' && details.namedCurve === 'prime256v1';
  return type === 'rsa' && (details.modulusLength ?? 0) >= 2048;
}

/** What `d` signs has to be what the public part verifies, or every token of ours would be refused by ourselves. */
function isPairOf(jwk: Jwk, published: KeyObject): boolean {
  const [digest, text] = [jwk.alg === 'EdDSA' ? null : 'sha256', Buffer.from(jwk.kid)];
  return attempt(() => verify(digest, text, published, sign(digest, text, privateKeyOf(jwk)))) === true;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
