import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyPurpose } from '#platform/config/derived-key.js';

const ALGORITHM = 'aes-256-gcm';
/** Random ones are safe for 2^32 messages under one key (NIST SP 800-38D, section 8.3). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts text for ourselves: what anybody changed does not decrypt, nor what was encrypted for another purpose or in another context. */
export class AuthenticatedEncryption {
  private readonly key: Buffer;

  constructor(secret: string, purpose: KeyPurpose) {
    this.key = deriveKey(secret, purpose);
  }

  encrypt(text: string, context = ''): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64url');
  }

  /** Null when it is not one of ours. */
  decrypt(encrypted: string, context = ''): string | null {
    const bytes = Buffer.from(encrypted, 'base64url');
    // base64url has several spellings for the same bytes, and only one is ours: what works once must not work under each.
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== encrypted) return null;

    const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    const decipher = createDecipheriv(ALGORITHM, this.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}
