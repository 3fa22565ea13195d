import { z } from 'zod';
import { type CacheDefinition, cachedDate, defineCache } from '../../kernel/cache/cache.js';

export type Book = Readonly<{ title: string; printedAt: Date }>;
const PRINTED_AT = new Date('2030-01-01T12:00:00Z');
export const aBook = (title = 'first'): Book => ({ title, printedAt: PRINTED_AT });

const value = z.object({ title: z.string(), printedAt: cachedDate });
const defineBooks = (name: string, more: Partial<CacheDefinition<Book>> = {}) =>
  defineCache<Book>({ name: `tests.${name}`, value, ttlSeconds: 60, ...more });

export const books = defineBooks('books', { tags: (key) => [`shelf:${key.split('/', 1)[0]}`] });
export const ofProcess = defineBooks('books-of-process', { sharedBy: 'process' });
export const ofRequest = defineBooks('books-of-request', { sharedBy: 'request' });
export const shortLived = defineBooks('short-lived', { ttlSeconds: 0.05, graceSeconds: 60 });
export const shortLivedHere = defineBooks('short-lived-here', {
  ttlSeconds: 0.05,
  graceSeconds: 60,
  sharedBy: 'process',
});
export const withoutGrace = defineBooks('without-grace', { ttlSeconds: 0.05 });
export const withMissing = defineBooks('with-missing', { missingSeconds: 60 });
