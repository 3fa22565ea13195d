import { z } from 'zod';

/** What fits into the path of a mail command (RFC 5321, section 4.5.3.1.3, less its angle brackets). */
const MAX_LENGTH = 254;
/** RFC 5321, section 4.5.3.1.1: with more before the @, mail servers refuse the mail after we have accepted the address. */
const SHORT_LOCAL_PART = /^(?=[^@]{1,64}@)/;

const pattern = new RegExp(SHORT_LOCAL_PART.source + z.regexes.email.source.slice(1));

/** One rule for every door an address comes through, so that what one accepts no other refuses. It is about the normalised text. */
export const emailAddress = (normalize = (text: string) => text) => z.string().overwrite(normalize).max(MAX_LENGTH).check(z.email({ pattern }));
