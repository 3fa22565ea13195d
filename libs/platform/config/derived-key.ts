import { hkdfSync } from 'node:crypto';

/** What keys are made of APP_SECRET for. A purpose keeps its name for good: what an older process signed or encrypted is still out there. */
export type KeyPurpose =
  | 'csrf-tokens'
  | 'cursors'
  | 'download-links'
  | 'email-verification'
  | 'password-reset'
  | 'password-salt'
  | 'refresh-tokens'
  | 'sign-in-attempts'
  | 'sign-in-codes'
  | 'sign-in-handshakes'
  | 'sign-in-throttle'
  | 'upload-forms'
  | 'webhook-secrets';

/**
 * A key of its own for each purpose, so that what is made for one is worth nothing for another (HKDF with SHA-256, RFC 5869).
 * `salt` tells apart what one purpose has many of.
 */
export function deriveKey(secret: string, purpose: KeyPurpose, { bytes = 32, salt = '' } = {}): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, bytes));
}
