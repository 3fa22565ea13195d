import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose } from '../../config/derived-key.js';
import { CREDENTIAL_PREFIX } from '../../kernel/access/credential-prefix.js';

const ID_BYTES = 16;
const COUNTER_BYTES = 4;
const MAC_BYTES = 32;

/** What tokens of a kind are for. Two letters stand in each of them; a token of one kind means nothing for another. */
export type TokenKind = Readonly<{ purpose: KeyPurpose; letters: string }>;

export type TokenReference = Readonly<{ id: string; counter: number }>;

/**
 * Opaque tokens that refer to a row and prove that we made them. Nothing has to be stored to know them again,
 * so nothing that is stored can be presented as one.
 */
export class OpaqueTokens {
  private readonly key: Buffer;
  private readonly prefix: string;

  constructor(secret: string, { purpose, letters }: TokenKind) {
    this.key = deriveKey(secret, purpose);
    this.prefix = `${CREDENTIAL_PREFIX}${letters}_`;
  }

  /** Takes a UUID, and a number that makes tokens of the same row differ. */
  issue(id: string, counter = 0): string {
    const reference = Buffer.alloc(ID_BYTES + COUNTER_BYTES);
    reference.write(id.replaceAll('-', ''), 'hex');
    reference.writeUInt32BE(counter, ID_BYTES);
    const mac = createHmac('sha256', this.key).update(reference).digest();
    return this.prefix + Buffer.concat([reference, mac]).toString('base64url');
  }

  /** Null when it is not one of ours. */
  verify(token: string): TokenReference | null {
    const bytes = Buffer.from(token.slice(this.prefix.length), 'base64url');
    if (bytes.length !== ID_BYTES + COUNTER_BYTES + MAC_BYTES) return null;

    const reference = { id: uuidOf(bytes), counter: bytes.readUInt32BE(ID_BYTES) };
    // Compares the text, not the bytes: base64url has several spellings for the same bytes, and only one is ours.
    const expected = Buffer.from(this.issue(reference.id, reference.counter));
    const presented = Buffer.from(token);
    return expected.length === presented.length && timingSafeEqual(expected, presented) ? reference : null;
  }
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
