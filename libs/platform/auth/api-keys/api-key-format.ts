import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CREDENTIAL_PREFIX } from '../../kernel/access/credential-prefix.js';

/*
 * <prefix>_<id: 32 hex digits>_<secret: 43 characters><checksum: 6 characters>
 *
 * The beginning is what secret scanners look for, the id tells an administrator which key leaked, and the checksum lets both
 * them and us tell a key from something that looks like one without asking anybody.
 * The secret has 256 random bits. The checksum is the CRC-32 of everything before it, in base 62.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const API_KEY_PREFIX = `${CREDENTIAL_PREFIX}_`;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const API_KEY = new RegExp(`^${API_KEY_PREFIX}[0-9a-f]{32}_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** Whether a credential claims to be an API key, rather than an access token. */
export const looksLikeApiKey = (credential: string): boolean => credential.startsWith(API_KEY_PREFIX);

/** A new key with that id. This is the only time its text exists here. */
export function newApiKey(id: string): string {
  const secret = Array.from({ length: SECRET_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const key = `${API_KEY_PREFIX}${id.replaceAll('-', '')}_${secret}`;
  return key + checksumOf(key);
}

export function isWellFormed(key: string): boolean {
  return API_KEY.test(key) && checksumOf(key.slice(0, -CHECKSUM_LENGTH)) === key.slice(-CHECKSUM_LENGTH);
}

/** What is stored of a key. Nobody can guess 256 bits, so the hash need not be slow. */
export const hashOf = (key: string): Buffer => hash('sha256', key, 'buffer');

export function checksumOf(text: string): string {
  let digits = '';
  for (let rest = crc32(text); digits.length < CHECKSUM_LENGTH; rest = Math.floor(rest / ALPHABET.length)) {
    digits = (ALPHABET[rest % ALPHABET.length] as string) + digits;
  }
  return digits;
}
