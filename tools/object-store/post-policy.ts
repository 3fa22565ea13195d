import type { ObjectStoreSettings } from './settings.ts';
import { signatureOf } from './signing.ts';

export type Fields = ReadonlyMap<string, string>;
type Condition = Readonly<Record<string, string>> | readonly [string, string | number, string | number];
type Policy = Readonly<{ expiration: string; conditions: readonly Condition[] }>;

type Code = 'AccessDenied' | 'SignatureDoesNotMatch' | 'EntityTooLarge' | 'EntityTooSmall' | 'BadDigest';

/** Why a form is refused: a code of S3 and a sentence. */
export class PolicyBroken extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

/** Fields that no condition has to name. */
const FREE = ['policy', 'x-amz-signature', 'file', 'bucket'];

/**
 * Holds a form against its policy, as S3 does, by the names of its fields in lower case ("Creating an HTML form", "POST policy" in its
 * manual). @returns how long the file may be @throws PolicyBroken
 */
export function sizesAllowed(fields: Fields, settings: ObjectStoreSettings, now: Date): readonly [number, number] {
  const encoded = fields.get('policy') ?? '';
  requireSignature(fields, encoded, settings);
  const policy = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Policy;
  if (now >= new Date(policy.expiration)) throw new PolicyBroken('AccessDenied', 'Policy expired.');

  const given = new Map([...fields, ['bucket', settings.bucket]]);
  const named = policy.conditions.map((condition) => held(condition, given));
  for (const name of given.keys())
    if (!FREE.includes(name) && !named.includes(name))
      throw new PolicyBroken('AccessDenied', `No condition of the policy names the field ${name}.`);
  return lengthRange(policy.conditions);
}

function requireSignature(fields: Fields, policy: string, { accessKeyId, secretAccessKey }: ObjectStoreSettings): void {
  const [keyId, ...scope] = (fields.get('x-amz-credential') ?? '').split('/');
  if (keyId !== accessKeyId) throw new PolicyBroken('AccessDenied', 'The form names no key that is known here.');
  if (signatureOf(policy, scope, secretAccessKey) !== fields.get('x-amz-signature'))
    throw new PolicyBroken('SignatureDoesNotMatch', 'The signature is not that of this policy.');
}

/** @returns the field that it is about */
function held(condition: Condition, given: Fields): string {
  const [kind, name, value] = normalized(condition);
  const field = given.get(name);
  const isHeld =
    kind === 'content-length-range' ||
    (kind === 'eq' && field === value) ||
    (kind === 'starts-with' && field?.startsWith(value) === true);
  if (!isHeld) throw new PolicyBroken('AccessDenied', `A condition of the policy does not hold: ${name}.`);
  return name;
}

function normalized(condition: Condition): readonly [kind: string, name: string, value: string] {
  if (Array.isArray(condition)) {
    const [kind, name, value] = condition as readonly [string, string | number, string | number];
    return [kind.toLowerCase(), String(name).replace(/^\$/, '').toLowerCase(), String(value)];
  }
  const [[name, value] = ['', '']] = Object.entries(condition as Readonly<Record<string, string>>);
  return ['eq', name.toLowerCase(), value];
}

function lengthRange(conditions: readonly Condition[]): readonly [number, number] {
  const range = conditions.find((condition) => Array.isArray(condition) && condition[0] === 'content-length-range');
  return range ? [Number((range as readonly unknown[])[1]), Number((range as readonly unknown[])[2])] : [0, 5e9];
}
