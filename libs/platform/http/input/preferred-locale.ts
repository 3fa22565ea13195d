import { LOCALES, type Locale } from '../../kernel/values/locales.js';

/** What `Accept-Language` likes best of the languages that there are; null when it names none. `de-AT` is content with `de`. */
export function preferredLocale(header = ''): Locale | null {
  const wishes = header.split(',').map(wishOf);
  const fulfilled = wishes.filter(({ locale, weight }) => locale !== undefined && weight > 0);
  return fulfilled.sort((one, other) => other.weight - one.weight)[0]?.locale ?? null;
}

function wishOf(range: string) {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return { locale: LOCALES.find((locale) => locale === tag.split('-')[0]), weight: Number(weight) };
}
