import { expect, it } from 'vitest';
import { preferredLocale } from './preferred-locale.js';

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-de, en;q=0.8', 'de'],
  ['fr, en;q=0.5, de;q=0.7', 'de'],
  ['en, de', 'en'],
  ['de;q=0, en;q=0.1', 'en'],
  ['de;q=x, en;q=0.1', 'en'],
])('reads from "%s" that %s is liked best', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

it.each([undefined, '', '*', 'fr-FR, fr;q=0.9', 'deutsch', 'de;q=0', ';;,,=q'])(
  'reads no language from "%s"',
  (header) => {
    expect(preferredLocale(header)).toBeNull();
  },
);
