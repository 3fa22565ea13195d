import { z } from 'zod';

/** Written out, as not every reader of openapi.json knows `\p{Cc}`. */
const NO_CONTROLS = /^[^\u0000-\u001f\u007f-\u009f]*$/;
/** The same, and something that is not a space. */
const SOMETHING_ON_ONE_LINE = String.raw`^(?=.*\S)[^\u0000-\u001f\u007f-\u009f]*$`;

/** Postgres stores no NUL, and what stands on one line has no use for other control characters. */
export const oneLine = z.regex(NO_CONTROLS, 'Expected one line of text');

/** A name or a title: something, without spaces around it. */
export const oneLineText = (maxLength: number) =>
  z.string().trim().min(1).max(maxLength).check(oneLine).meta({ pattern: SOMETHING_ON_ONE_LINE });
