import { z } from 'zod';

export const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Digits and nothing else: `Number` would also take 1e1, 0x10, +5 and blanks. */
const digits = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

/** The query parameters of every list. `cursor` arrives decoded: it is the `next` of the page before, and what clients see is only documented here. */
export const pageQuery = {
  limit: z.preprocess(digits, z.int().min(1).max(MAX_LIMIT)).default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .optional()
    .meta({ minLength: 1, pattern: '^[A-Za-z0-9_-]+$', description: '`meta.page.nextCursor` of the page before.' }),
};
