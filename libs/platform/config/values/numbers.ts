import { z } from 'zod';

/** The longest that a timer of Node can wait; what is longer ends at once. */
const LONGEST_TIMER_MS = 2_147_483_647;
const TEN_YEARS_SECONDS = 315_360_000;

export const wholeNumber = z.coerce.number().int();
export const port = wholeNumber.min(1).max(65_535);

export const secondsOrNone = wholeNumber.min(0).max(TEN_YEARS_SECONDS);
export const seconds = secondsOrNone.min(1);

export const millisecondsOrNone = wholeNumber.min(0).max(LONGEST_TIMER_MS);
export const milliseconds = millisecondsOrNone.min(1);
