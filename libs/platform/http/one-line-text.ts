import { z } from 'zod';

/** Postgres stores no NUL, and what stands on one line has no use for other control characters. */
export const oneLine = z.refine<string>((text) => !/\p{Cc}/u.test(text), 'Expected one line of text');

/** A name or a title: something, without spaces around it. */
export const oneLineText = (maxLength: number) => z.string().trim().min(1).max(maxLength).check(oneLine);
