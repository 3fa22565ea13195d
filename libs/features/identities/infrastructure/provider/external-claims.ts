import { z } from 'zod';
import { json } from '#platform/config/values/json.js';
import type { OidcProvider } from '#platform/config/values/oidc.js';
import { emailAddress } from '#platform/kernel/values/email-address.js';
import type { ExternalAccount } from '../../domain/identity.js';

const MAX_NAME_LENGTH = 200;
/** OpenID Connect Core, section 2. */
const MAX_SUBJECT_LENGTH = 255;

/** Half a surrogate pair would become U+FFFD on its way into Postgres, and two subjects one. Postgres stores no NUL. */
const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

const claims = z.object({
  sub: z.string().min(1).max(MAX_SUBJECT_LENGTH).refine(isPlainText),
  email: emailAddress().nullable().catch(null),
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isPlainText).nullable().catch(null),
});

/** Some providers send texts or numbers. "true" counts; "false" must not, although JavaScript takes any text for true. */
const AFFIRMATIONS: readonly unknown[] = [true, 'true'];
/** `xms_edov` comes as any of these (Microsoft identity platform, "Optional claims reference"). */
const OWN_AFFIRMATIONS: readonly unknown[] = [...AFFIRMATIONS, 1, '1'];

const appleUser = json('is no JSON').pipe(
  z.object({ name: z.object({ firstName: z.string().default(''), lastName: z.string().default('') }) }),
);

/**
 * Apple tells a name in no token, but in the form of somebody's first sign-in (Sign in with Apple, "Configuring your webpage"). Nobody has
 * signed it, as nobody checks a name that people type.
 */
export function nameInForm(query: string): Readonly<{ name?: string }> {
  const { data } = appleUser.safeParse(new URLSearchParams(query).get('user'));
  return data ? { name: `${data.name.firstName} ${data.name.lastName}`.trim() } : {};
}

type Vouching = Pick<OidcProvider, 'emailVerifiedClaim' | 'trustsEmail'>;

/** Of what a provider claims, the part we understand. An e-mail or a name that is none is left out. @throws when there is no subject */
export function toExternalAccount(
  claimed: Readonly<{ iss: string } & Record<string, unknown>>,
  vouching: Vouching,
): ExternalAccount {
  const { sub, email, name } = claims.parse(claimed);
  return { issuer: claimed.iss, subject: sub, email, isEmailVerified: isVouchedFor(claimed, vouching), name };
}

function isVouchedFor(
  claimed: Readonly<Record<string, unknown>>,
  { emailVerifiedClaim: claim, trustsEmail }: Vouching,
): boolean {
  if (claimed[claim] === undefined) return trustsEmail;
  return (claim === 'email_verified' ? AFFIRMATIONS : OWN_AFFIRMATIONS).includes(claimed[claim]);
}
