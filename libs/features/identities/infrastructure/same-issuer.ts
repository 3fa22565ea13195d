/** Operators write them with and without the last slash; the stored one is the provider's own. */
export const isSameIssuer = (configured: string, stored: string): boolean => URL.parse(configured)?.href === URL.parse(stored)?.href;
