import type { CommonPasswords } from '../../application/passwords/common-passwords.js';

/** The 50,000 most common passwords of at least 8 characters, as collected for Mozilla's accounts. */
export class ListedCommonPasswords implements CommonPasswords {
  async includes(password: string): Promise<boolean> {
    // Read when the first password is chosen: it costs as much memory as a tenth of the whole process.
    const { default: list } = await import('fxa-common-password-list');
    // Folded further than for hashing: full-width digits are tried as soon as digits are.
    const folded = password.normalize('NFKC');
    return list.test(folded) || list.test(folded.toLowerCase());
  }
}
