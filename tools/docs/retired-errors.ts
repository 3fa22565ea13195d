import type { RetiredError } from './errors.ts';

/** Error codes that were released and are sent no more. Add to it, take nothing away. */
export const RETIRED_ERRORS: readonly RetiredError[] = [];
