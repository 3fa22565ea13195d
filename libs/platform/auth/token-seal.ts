import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const COUNTER_BYTES = 4;
const MAC_BYTES = 32;

export type Sealed = Readonly<{ id: string; counter: number }>;

/**
 * Opaque tokens that name a row and prove that we made them. Nothing has to be stored to know them again,
 * so nothing that is stored can be presented as one.
 */
export class TokenSeal {
  private readonly key: Buffer;

  /** A token made for one purpose means nothing for another. */
  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  /** Takes a UUID, and a number that makes tokens of the same row differ. */
  seal(id: string, counter = 0): string {
    const named = Buffer.alloc(ID_BYTES + COUNTER_BYTES);
    named.write(id.replaceAll('-', ''), 'hex');
    named.writeUInt32BE(counter, ID_BYTES);
    const mac = createHmac('sha256', this.key).update(named).digest();
    return Buffer.concat([named, mac]).toString('base64url');
  }

  /** Null when it is not one of ours. */
  open(token: string): Sealed | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== ID_BYTES + COUNTER_BYTES + MAC_BYTES) return null;

    const sealed = { id: uuidOf(bytes), counter: bytes.readUInt32BE(ID_BYTES) };
    // Compares the text, not the bytes: base64url has several spellings for the same bytes, and only one is ours.
    const expected = Buffer.from(this.seal(sealed.id, sealed.counter));
    const presented = Buffer.from(token);
    return expected.length === presented.length && timingSafeEqual(expected, presented) ? sealed : null;
  }
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
