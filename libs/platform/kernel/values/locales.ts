/** The languages that people are written to in, as BCP 47 names them. Another one is added here and to the enum of the database; the type checker then finds every text without it. */
export const LOCALES = ['en', 'de'] as const;

export type Locale = (typeof LOCALES)[number];

/** For whoever has chosen none. */
export const DEFAULT_LOCALE: Locale = 'en';
