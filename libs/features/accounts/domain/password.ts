import type { FieldError } from '#platform/kernel/errors/app-error.js';
import { PasswordRefused } from './user.errors.js';

/** In characters as people count them, not in UTF-16 units. No rules of composition: they make passwords worse (ASVS 5, V6.2). */
export const PASSWORD_LENGTH = { min: 8, max: 1_000 } as const;

/**
 * The one form in which passwords are hashed and compared (RFC 8265, section 4.2.2, OpaqueString): keyboards and systems compose accents
 * differently, and type other spaces. Unlike NFKC it keeps apart what people see as different, such as ² and 2.
 */
export const preparePassword = (password: string): string => password.replace(/\p{Zs}/gu, ' ').normalize('NFC');

export const characters = (password: string): number => [...preparePassword(password)].length;

/** What a new password is held against, and the place in the request that it came from. */
type Circumstances = Readonly<{ email: string; isCommon: boolean; pointer: string }>;

/** @throws PasswordRefused naming every rule that the password breaks, and never the password */
export function requireGoodPassword(password: string, { email, isCommon, pointer }: Circumstances): void {
  const broken = (code: string, detail: string): FieldError => ({ pointer, code, detail });
  const length = characters(password);
  const errors = [
    length < PASSWORD_LENGTH.min && broken('password_too_short', `Use at least ${PASSWORD_LENGTH.min} characters.`),
    length > PASSWORD_LENGTH.max && broken('password_too_long', `Use at most ${PASSWORD_LENGTH.max} characters.`),
    isCommon && broken('password_too_common', 'This is one of the passwords that are tried first.'),
    isLike(password, email) && broken('password_is_email', 'Your e-mail address is not a secret.'),
  ].filter((error) => error !== false);

  if (errors.length > 0) throw new PasswordRefused(undefined, { errors });
}

/** The whole address or the part before the @, however it is written. */
function isLike(password: string, email: string): boolean {
  const plain = password.normalize('NFKC').trim().toLowerCase();
  return plain === email || plain === email.slice(0, email.lastIndexOf('@'));
}
