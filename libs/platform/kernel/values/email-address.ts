import { z } from 'zod';

/** What fits into the path of a mail command (RFC 5321, section 4.5.3.1.3, less its angle brackets). */
const MAX_LENGTH = 254;
/**
 * As zod's own, with at most 64 characters before the @ (RFC 5321, section 4.5.3.1.1: with more, mail servers refuse the mail after we
 * have accepted the address), and with top-level domains in other scripts. Without flags, which openapi.json cannot tell.
 */
const pattern =
  /^(?!\.)(?!.*\.\.)[A-Za-z\d_'+.-]{0,63}[A-Za-z\d_+-]@(?:[A-Za-z\d][A-Za-z\d-]*\.)+(?:[A-Za-z]{2,}|xn--[a-z\d-]+)$/;

/** What a URL would take for the end of its host, or for an escape. */
const NO_DOMAIN = /[\0-,/:-@[-`{-\x7f]/;

/**
 * The one form in which addresses are stored and compared. NFKC folds what looks or types alike (full-width letters, ligatures);
 * the part before the @ may be case-sensitive by the letter of the standard and is nowhere in practice. A domain in Unicode becomes
 * what the name system knows it by, `müller.de` `xn--mller-kva.de` (RFC 5891), which every mail server takes.
 */
export function normalizeEmail(email: string): string {
  const text = email.normalize('NFKC').trim().toLowerCase();
  const [, local = '', domain = ''] = /^(.*@)([^@]*)$/su.exec(text) ?? [];
  return /[^\0-\x7f]/.test(domain) && !NO_DOMAIN.test(domain)
    ? local + (URL.parse(`http://${domain}`)?.hostname ?? domain)
    : text;
}

/** One rule for every door an address comes through, so that what one accepts no other refuses. It is about the normalised text. */
export const emailAddress = () => z.string().overwrite(normalizeEmail).max(MAX_LENGTH).check(z.email({ pattern }));
