import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyPurpose } from './derived-key.js';

const ALGORITHM = 'aes-256-gcm';
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/**
 * Secrets at rest that have to be read again, such as those that sign for somebody. Where comparing is enough, store a hash instead.
 * Each is bound to the id of its row: copied to another one, it opens no more than when it was changed.
 */
export class SealedText {
  private readonly key: Buffer;

  constructor(secret: string, purpose: KeyPurpose) {
    this.key = deriveKey(secret, purpose);
  }

  seal(text: string, rowId: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(rowId));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws for what was changed, belongs to another row, or was sealed under another APP_SECRET */
  open(sealed: Uint8Array, rowId: string): string {
    const bytes = Buffer.from(sealed);
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(rowId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
  }
}
