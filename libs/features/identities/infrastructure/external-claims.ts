import { z } from 'zod';
import { emailAddress } from '#platform/kernel/email-address.js';
import type { ExternalAccount } from '../domain/identity.js';

const MAX_NAME_LENGTH = 200;
/** OpenID Connect Core, section 2. */
const MAX_SUBJECT_LENGTH = 255;

/** Half a surrogate pair would become U+FFFD on its way into Postgres, and two subjects one. Postgres stores no NUL. */
const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

const claims = z.object({
  sub: z.string().min(1).max(MAX_SUBJECT_LENGTH).refine(isPlainText),
  email: emailAddress().nullable().catch(null),
  // Some providers send it as text. "true" counts; "false" must not, although JavaScript takes any text for true.
  email_verified: z.literal(true).or(z.literal('true')).transform(() => true).catch(false),
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isPlainText).nullable().catch(null),
});

/** Of what a provider claims, the part we understand. An e-mail or a name that is none is left out. @throws when there is no subject */
export function toExternalAccount(issuer: string, claimed: unknown): ExternalAccount {
  const { sub, email, email_verified: isEmailVerified, name } = claims.parse(claimed);
  return { issuer, subject: sub, email, isEmailVerified, name };
}
