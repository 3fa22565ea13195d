import { z } from 'zod';

export const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** The query parameters of every list. `cursor` arrives already opened: it is the `next` of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().optional(),
};
