import { z } from 'zod';

/** A Date on its way out: UTC, ISO 8601. */
export const timestamp = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.string().meta({ format: 'date-time' }));
