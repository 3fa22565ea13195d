import type { Locale } from '#platform/kernel/values/locales.js';

export type User = Readonly<{
  id: string;
  /** Normalised; belongs to one user at a time. */
  email: string;
  emailVerifiedAt: Date | null;
  name: string | null;
  /** The language to write in. Null when the user never chose one. */
  locale: Locale | null;
  /** Null when the user signs in through providers only. */
  passwordHash: string | null;
  status: 'active' | 'disabled';
  createdAt: Date;
  updatedAt: Date;
}>;

/** What users change about themselves. */
export type Profile = Pick<User, 'name' | 'locale'>;

/** The account of somebody who has shown that the address is theirs. */
export function newVerifiedUser(
  { email, name, locale, passwordHash }: Pick<User, 'email' | 'name' | 'locale' | 'passwordHash'>,
  id: string,
  now: Date,
): User {
  return {
    id,
    email,
    emailVerifiedAt: now,
    name,
    locale,
    passwordHash,
    status: 'active',
    createdAt: now,
    updatedAt: now,
  };
}

/** An account that somebody else has asked for: nobody gets in before a mailed link has shown whose the address is. */
export function newUnverifiedUser(email: string, id: string, now: Date): User {
  return {
    ...newVerifiedUser({ email, name: null, locale: null, passwordHash: null }, id, now),
    emailVerifiedAt: null,
  };
}

/** Whether nobody has taken possession of the account yet. */
export const isUnclaimed = ({ emailVerifiedAt, passwordHash }: User): boolean =>
  emailVerifiedAt === null && passwordHash === null;

export function changePassword(user: User, passwordHash: string, now: Date): User {
  return { ...user, passwordHash, updatedAt: now };
}

/** For somebody who opened a mailed link, which proves that the address is theirs. */
export function resetPassword(user: User, passwordHash: string, now: Date): User {
  return { ...changePassword(user, passwordHash, now), emailVerifiedAt: user.emailVerifiedAt ?? now };
}

export function changeProfile(user: User, change: Partial<Profile>, now: Date): User {
  const { name = user.name, locale = user.locale } = change;
  const isSame = name === user.name && locale === user.locale;
  return isSame ? user : { ...user, name, locale, updatedAt: now };
}
