/**
 * The one form in which addresses are stored and compared. NFKC folds what looks or types alike (full-width letters, ligatures);
 * the part before the @ may be case-sensitive by the letter of the standard and is nowhere in practice.
 */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
