/** A JSON Web Key (RFC 7517). `since` is ours: when it took the place in the set that it has now. */
export type SigningKey = Readonly<{ kty: string; kid: string; alg: string; since?: string } & Record<string, unknown>>;

/** What is needed to verify with a key (RFC 7518, section 6; RFC 8037, section 2). */
const PUBLIC_MEMBERS = ['crv', 'e', 'n', 'x', 'y'];

export const canSign = (key: SigningKey): boolean => 'd' in key;

/** The half that verifies: what has stopped signing needs no secret any more. */
export function withoutSecret(key: SigningKey): SigningKey {
  const { kty, kid, alg } = key;
  const members = PUBLIC_MEMBERS.filter((name) => name in key).map((name) => [name, key[name]]);
  return { ...Object.fromEntries(members), kty, kid, alg, use: 'sig' };
}
