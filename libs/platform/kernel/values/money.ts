import type { Locale } from './locales.js';

/** `amount` counts the smallest unit of the currency (ISO 4217), such as cents: nothing is ever rounded. */
export type Money = Readonly<{ amount: number; currency: string }>;

/** For people, such as `EUR 1,234.50`. Currencies differ in how many of their smallest units make one: 100 cents are a euro, but a yen is a yen. */
export function formatMoney({ amount, currency }: Money, locale: Locale = 'en'): string {
  const { maximumFractionDigits: digits = 0 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return `${currency} ${(amount / 10 ** digits).toLocaleString(locale, { minimumFractionDigits: digits })}`;
}
