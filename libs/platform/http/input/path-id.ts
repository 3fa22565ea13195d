import { z } from 'zod';

/** The `:id` of a path. Postgres would find a row whatever the case; comparing ids as text would not. */
export const pathId = z.uuid().toLowerCase();
