import { ALGORITHMS } from '../../libs/platform/config/values/new-signing-key.ts';
import { canSign, type SigningKey } from './signing-key.ts';

/** The first key signs, all of them verify. */
export type KeySet = Readonly<{ keys: readonly SigningKey[] }>;

/** Printed as one line, without a stack and without anything secret. */
export class Refusal extends Error {}

/** @throws Refusal, which repeats nothing of what it was given */
export function parseKeySet(text: string): KeySet {
  const keys = (parse(text) as Partial<KeySet> | null)?.keys;
  if (!Array.isArray(keys) || !keys.every(isSigningKey))
    throw new Refusal('This is not a set of signing keys: expected {"keys": [{"kty", "kid", "alg", …}]}.');

  const [first] = keys;
  if (first === undefined || !canSign(first))
    throw new Refusal('The first key of the set has to be a private key: it signs.');
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
    throw new Refusal('Two keys of the set have the same kid.');
  return { keys };
}

export const formatKeySet = (set: KeySet): string => `${JSON.stringify(set)}\n`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('This is not JSON.');
  }
}

function isSigningKey(key: unknown): key is SigningKey {
  const { kty, kid, alg } = (key ?? {}) as Partial<SigningKey>;
  return [kty, kid, alg].every((member) => typeof member === 'string') && ALGORITHMS.some((known) => known === alg);
}
